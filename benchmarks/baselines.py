"""What people run today, as whole scripts: the honest other side of every ratio."""

CHECK = """
import sys, pathlib
from astropy.table import Table
for path in sorted(pathlib.Path(sys.argv[1]).rglob("*.ecsv")):
    Table.read(path, format="ascii.ecsv")
"""

EXPORT = """
import sys, pathlib, subprocess
from astropy.io import fits
from astropy.table import Table
root, out = map(pathlib.Path, sys.argv[1:3])
for path in sorted(root.rglob("*.ecsv")):
    name = str(path.relative_to(root))
    table = Table.read(path, format="ascii.ecsv")
    log = ["git", "log", "-1", "--format=%H", "--", name]
    sha = subprocess.run(log, cwd=root, capture_output=True, text=True).stdout.strip()
    meta = dict(table.meta)
    table.meta.clear()
    hdu = fits.table_to_hdu(table)
    for key, value in meta.items():
        if not isinstance(value, (list, dict, tuple)):
            hdu.header[("HIERARCH " if len(key) > 8 else "") + key] = value
    primary = fits.PrimaryHDU()
    primary.header["GITSHA"] = sha
    target = out / (name[:-5] + ".fits")
    target.parent.mkdir(parents=True, exist_ok=True)
    fits.HDUList([primary, hdu]).writeto(target, checksum=True)
"""

LAST = """
import sys, subprocess
listing = subprocess.run(["git", "ls-files", "-z"], cwd=sys.argv[1], capture_output=True, text=True).stdout
for path in listing.split("\\0")[:-1]:
    subprocess.run(["git", "log", "-1", "--format=%H", "--", path], cwd=sys.argv[1], capture_output=True)
"""

HOOK = """
import sys, jsonschema, git
from astropy.table import Table
repo = git.Repo(sys.argv[1])
table = Table.read(sys.argv[1] + "/" + sys.argv[2], format="ascii.ecsv")
jsonschema.validate(dict(table.meta), {"type": "object", "required": ["INSTRUME", "OBSTYPE"]})
"""
