"""Network shares are told from local disks by the table of mounts."""

import pytest

from gridmap.store.shares import find_network_share, mounts

LOCAL = ("/", "ext4", "rw,relatime")


@pytest.mark.parametrize(
    "system", ["nfs", "nfs4", "cifs", "smb3", "9p", "fuse.sshfs", "fuse.rclone", "davfs", "CIFS"]
)
def test_a_share_is_recognised(tmp_path, system):
    table = [LOCAL, (str(tmp_path), system, "rw")]
    assert find_network_share(tmp_path / "a.gridmap", table) == system


@pytest.mark.parametrize(
    "system", ["ext4", "btrfs", "xfs", "tmpfs", "apfs", "NTFS", "fuseblk", "overlay", "vfat"]
)
def test_a_local_disk_is_none(tmp_path, system):
    assert (
        find_network_share(tmp_path / "a.gridmap", [LOCAL, (str(tmp_path), system, "rw")]) is None
    )


def test_the_innermost_mount_decides(tmp_path):
    inner = tmp_path / "inner"
    table = [LOCAL, (str(tmp_path), "nfs", "rw"), (str(inner), "ext4", "rw")]
    assert find_network_share(inner / "a.gridmap", table) is None
    assert find_network_share(tmp_path / "a.gridmap", table) == "nfs"


def test_of_two_mounts_on_one_place_the_later_decides(tmp_path):
    table = [LOCAL, (str(tmp_path), "ext4", "rw"), (str(tmp_path), "cifs", "rw")]
    assert find_network_share(tmp_path / "a", table) == "cifs"


def test_a_mount_whose_name_only_begins_alike_does_not_count(tmp_path):
    assert (
        find_network_share(tmp_path / "ab" / "x", [LOCAL, (str(tmp_path / "a"), "nfs", "rw")])
        is None
    )


def test_what_the_system_calls_remote_is_remote(tmp_path):
    assert find_network_share(tmp_path / "a", [(str(tmp_path), "NTFS", "rw,remote")]) == "NTFS"
    assert find_network_share(tmp_path / "a", [(str(tmp_path), "", "remote")]) == "SMB"


def test_a_link_into_a_share_is_a_share(tmp_path):
    share = tmp_path / "share"
    share.mkdir()
    (tmp_path / "link").symlink_to(share)
    table = [LOCAL, (str(share), "nfs4", "rw")]
    assert find_network_share(tmp_path / "link" / "a.gridmap", table) == "nfs4"


def test_this_machine_tells_its_mounts(tmp_path):
    assert mounts()
    assert find_network_share(tmp_path) is None
