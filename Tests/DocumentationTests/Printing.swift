/// Takes what the documentation prints, so that the tests stay silent.
func print(_ items: Any...) {}
