"""What somebody says of itself on the framework: a file that stays with its owner, checked, compared, handed on."""
