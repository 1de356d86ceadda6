"""What is true of people and organisations without asking a database: numbers, names, words, codes."""
