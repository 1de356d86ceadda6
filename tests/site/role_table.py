"""Who may open which page. Change it only knowingly: it is what the network promises its people.

V visitor, M member in person, R representative, S secretariat, B bookkeeper, A appointed
administrator outside a session, O administrator in an open session.
"""

ALL = "VMRSBAO"
PEOPLE = "MRSBAO"  # whoever is logged in
MEMBERS = "MRSBO"  # members see the books of their network; an administrator only in a session
THEIRS = "RSBO"  # of the organisation they speak for; the office
BOOKS = "SBO"
OFFICE = "SO"
ADMINISTRATOR = "O"
NOBODY = ""

OPEN_TO = {
    # -- site
    "home": ALL,
    "desk": PEOPLE,  # leads members to their own page
    "me": PEOPLE,
    "month_ends": BOOKS,
    "month_end": BOOKS,
    "do_month_step": BOOKS,
    "mark_month_step": BOOKS,
    "unmark_month_step": BOOKS,
    "download_my_data": PEOPLE,
    "give_my_consent": PEOPLE,
    "withdraw_my_consent": "MSO",
    "organisation": THEIRS,
    "about": ALL,
    "privacy": ALL,
    "guide": ALL,
    "guide_picture": NOBODY,  # no such picture
    "guide_page": ALL,
    "news": OFFICE,
    "tell_news_again": OFFICE,
    "tell_all_news_again": OFFICE,
    "search": BOOKS,
    "welcome": ALL,  # leads home once there is a network
    "deeds": OFFICE,
    "set_language": ALL,
    # -- ui
    "ui:contrast": ALL,
    "ui:styleguide": NOBODY,  # for developers
    # -- site
    "account_login": ALL,
    "account_logout": ALL,
    "account_signup": ALL,
    "account_inactive": ALL,
    "account_reauthenticate": PEOPLE,
    "account_email_verification_sent": ALL,
    "account_confirm_email": ALL,
    "account_change_password": PEOPLE,
    "account_set_password": PEOPLE,
    "account_reset_password": ALL,
    "account_reset_password_done": ALL,
    "account_reset_password_from_key": ALL,
    "account_reset_password_from_key_done": ALL,
    "socialaccount_connections": PEOPLE,
    "socialaccount_signup": NOBODY,  # accounts open by invitation
    "socialaccount_login_cancelled": ALL,
    "socialaccount_login_error": ALL,
    "kakao_login": ALL,
    "kakao_callback": ALL,
    "naver_login": ALL,
    "naver_callback": ALL,
    "mfa_index": PEOPLE,
    "mfa_authenticate": PEOPLE,  # leads home outside a log-in
    "mfa_reauthenticate": PEOPLE,
    "mfa_activate_totp": PEOPLE,
    "mfa_deactivate_totp": NOBODY,  # nothing is set up
    "mfa_view_recovery_codes": NOBODY,  # nothing is set up
    "mfa_generate_recovery_codes": PEOPLE,
    "mfa_download_recovery_codes": NOBODY,  # nothing is set up
    "mfa_list_webauthn": PEOPLE,
    "mfa_add_webauthn": PEOPLE,
    "mfa_reauthenticate_webauthn": PEOPLE,
    "mfa_remove_webauthn": PEOPLE,
    "mfa_edit_webauthn": PEOPLE,
    "mfa_login_webauthn": PEOPLE,
    "usersessions_list": PEOPLE,
    "accept_invitation": NOBODY,  # no such invitation
    "invite_person": OFFICE,
    "security": PEOPLE,
    "account_email": PEOPLE,
    "ask_email_change": PEOPLE,
    "change_email": NOBODY,  # no such letter
    "staff_session": "AO",
    "close_staff_session": ADMINISTRATOR,  # there is one to close
    "issue_token": PEOPLE,
    "revoke_token": "MO",  # the member's own
    "my_reads": PEOPLE,
    "reads": ADMINISTRATOR,
    "api_guide": ALL,
    "rules_pdf": ALL,
    # -- bylaws: everyone may read the rules
    "bylaws:rules_in_force": ALL,
    "bylaws:rule": ALL,
    "bylaws:adopt_provision": OFFICE,
    "bylaws:repeal_provision": OFFICE,
    "bylaws:write_article": OFFICE,
    "bylaws:import_provisions": OFFICE,
    "bylaws:adopt_legal_form": OFFICE,
    # -- directory
    "directory:directory": ALL,
    "directory:organisation": ALL,
    # -- memberships
    "memberships:apply_for_membership": ALL,
    "memberships:application_received": ALL,
    "memberships:applications": OFFICE,
    "memberships:application": OFFICE,
    "memberships:note_interview": OFFICE,
    "memberships:admit_member": OFFICE,
    "memberships:refuse_application": OFFICE,
    "memberships:withdraw_application": OFFICE,
    "memberships:erase_application": ADMINISTRATOR,
    "memberships:enrol_member": OFFICE,
    "memberships:dues": BOOKS,
    "memberships:set_dues_plan": OFFICE,
    "memberships:end_dues_plan": OFFICE,
    "memberships:bill_dues": BOOKS,
    "memberships:dues_run": BOOKS,
    "memberships:arrears": BOOKS,
    "memberships:remind_arrears": BOOKS,
    "memberships:waive_charge": BOOKS,
    "memberships:receipts": BOOKS,
    "memberships:unmatched_receipts": BOOKS,
    "memberships:enter_receipt": BOOKS,
    "memberships:match_receipts": BOOKS,
    "memberships:receipt": BOOKS,
    "memberships:match_receipt": BOOKS,
    "memberships:unmatch_receipt": BOOKS,
    "memberships:refund_receipt": BOOKS,
    "memberships:upload_receipts": BOOKS,
    "memberships:accept_receipts": BOOKS,
    "memberships:discard_receipts": BOOKS,
    "memberships:map_receipts": BOOKS,  # leads on where the columns are known
    "memberships:match_sure_receipts": BOOKS,
    "memberships:use_credits": BOOKS,
    "memberships:keep_credit": BOOKS,
    "memberships:book_receipt_as": BOOKS,
    "memberships:note_payer": BOOKS,
    "memberships:forget_payer": BOOKS,
    "memberships:members": BOOKS,
    "memberships:member": THEIRS,
    "memberships:statement": THEIRS,
    "memberships:payment_certificate": THEIRS,
    "memberships:dues_notice": THEIRS,
    "memberships:change_member_class": OFFICE,
    "memberships:leave_membership": "RSO",  # a member may go, the office on its word
    "memberships:pay_in_shares": BOOKS,
    "memberships:refund_shares": BOOKS,
    "memberships:agree_member_dues": BOOKS,
    "memberships:papers": BOOKS,
    "memberships:paper": THEIRS,
    "memberships:print_paper": THEIRS,
    "memberships:revoke_paper": BOOKS,
    "memberships:issue_paper": THEIRS,
    "memberships:issue_papers": BOOKS,
    "memberships:printed_papers": BOOKS,
    "memberships:issue_register": BOOKS,
    "check:check": ALL,  # whoever holds a paper in hand
    "check:paper": ALL,
    "memberships:member_classes": BOOKS,
    "memberships:add_member_class": OFFICE,
    "memberships:set_member_class": OFFICE,
    # -- ledger
    "ledger:funds": MEMBERS,
    "ledger:open_books": OFFICE,
    "ledger:open_fund": OFFICE,
    "ledger:move_between_funds": BOOKS,
    "ledger:fund": MEMBERS,
    "ledger:set_fund_rule": OFFICE,
    "ledger:statements": MEMBERS,
    "ledger:statement": MEMBERS,
    "ledger:accounts": MEMBERS,
    "ledger:add_account": OFFICE,
    "ledger:account_ledger": BOOKS,
    "ledger:party_ledger": THEIRS,
    "ledger:projects": MEMBERS,
    "ledger:project_ledger": BOOKS,
    "ledger:entries": BOOKS,
    "ledger:post_entry": BOOKS,
    "ledger:draft_entries": BOOKS,
    "ledger:entry": BOOKS,
    "ledger:approve_entry": OFFICE,  # never by whoever wrote the draft
    "ledger:withdraw_draft": BOOKS,
    "ledger:reverse_entry": BOOKS,
    "ledger:periods": MEMBERS,
    "ledger:close_period": BOOKS,
    "ledger:reopen_period": OFFICE,
    "ledger:lock_period": OFFICE,
    "ledger:kept_statement": MEMBERS,
    "ledger:check_books": BOOKS,
    "ledger:seals": MEMBERS,
    "ledger:seal_books": PEOPLE,  # sealing adds proof and takes nothing
    # -- parties
    "parties:directory": ALL,
    "parties:import_parties": OFFICE,
    "parties:import": OFFICE,
    "parties:accept_import": OFFICE,
    "parties:discard_import": OFFICE,
    "parties:offices": BOOKS,
    "parties:appoint_staff": ADMINISTRATOR,
    "parties:end_appointment": ADMINISTRATOR,
    "parties:change_network": OFFICE,
    "parties:publish_consent_text": OFFICE,
    "parties:people": BOOKS,
    "parties:add_person": OFFICE,
    "parties:change_person": "MSO",
    "parties:erase_person": ADMINISTRATOR,
    "parties:withdraw_consent": "MSO",
    "parties:give_consent": "MSO",  # one's own; on paper, noted by the office
    "parties:duplicates": OFFICE,
    "parties:merge_parties": OFFICE,
    "parties:parties": THEIRS,  # representatives find their own
    "parties:add_organisation": OFFICE,
    "parties:party": THEIRS,
    "parties:change_organisation": "RSO",
    "parties:publish_organisation": OFFICE,
    "parties:designate_organisation": OFFICE,
    "parties:end_designation": OFFICE,
    "parties:name_representative": OFFICE,
    "parties:end_representative": OFFICE,
    "parties:record_bank_account": THEIRS,
}
