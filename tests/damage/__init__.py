"""What must not hurt: processes killed, services away, disks full; done to real servers."""
