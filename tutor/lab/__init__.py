"""The lab without its screen: what is run, the settings that keys change, runs that go both ways, and codes."""
