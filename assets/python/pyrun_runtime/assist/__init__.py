"""Help while a reader writes code, from the objects of a session, none of whose own code is called."""
