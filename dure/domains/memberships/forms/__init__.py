"""What people type about members, dues and receipts."""
