"""Files on the disk: read, locked and replaced so that no crash leaves half of one."""
