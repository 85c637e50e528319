"""What commands of notebooks do. It has no bytecode, because few programs need it."""
