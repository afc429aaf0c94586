/// What `--help` and `--version` print.
enum Usage {
  static let version = "dmevent_tool 0.1.0 (swift-devicemapper)"

  static let help = """
    Usage: dmevent_tool [OPTION]... [EVENT_TYPE]...

    Reports what happens to device-mapper devices: one line an event, to the system log, or with
    --foreground to standard output. EVENT_TYPE is a family of targets, such as thin or raid.

    What to do, if not monitor:
      -q, --query            report what is true now, then exit (all types unless some are named)
      -l, --list-events      list the event types and the events of each
      -h, --help             show this text
      -V, --version          show the version

    What to monitor:
      -a, --all              all event types
      -i, --ignore UUID      leave out devices whose uuid is UUID or begins with it; repeatable

    How:
      -f, --foreground       stay in the foreground and report to standard output
      -o, --once             exit after the first reported event
      -j, --json             report in JSON, one object a line
      -v, --verbose          report also devices that appear, vanish, are renamed or get another
                             table, and say more of each event
      -p, --pidfile PATH     write the process id to PATH, and hold a lock on it
      -d, --debug            trace commands and replies of the kernel to standard error or the log

    The kernel keeps no queue: events are what has become different since the last look, and what
    happened before the start can't be told; --query tells what is true now.

    SIGTERM and SIGINT end it, SIGHUP makes it forget what was and begin anew.
    Exit status: 0 done, 1 runtime error, 2 wrong usage.

    """
}
