"""What is the case in the sandbox: people, chats, messages, updates, files, faults, the clock."""
