"""What people run today, as whole scripts: the honest other side of every ratio."""

# YAML as its readers load it: libyaml and PyYAML's constructors, with plain values for tags of classes that
# are not installed here.
_YAML = """
import yaml
class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    pass
def plain(loader, suffix, node):
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node, deep=True)
    if isinstance(node, yaml.MappingNode):
        return loader.construct_mapping(node, deep=True)
    return loader.construct_scalar(node)
Loader.add_multi_constructor("", plain)
"""

CHECK = (
    _YAML
    + """
import sys, pathlib
from astropy.table import Table
for path in sorted(pathlib.Path(sys.argv[1]).rglob("*/*/*.ecsv")):
    Table.read(path, format="ascii.ecsv")
for path in sorted(pathlib.Path(sys.argv[1]).rglob("*/*/*.yaml")):
    with open(path) as file:
        yaml.load(file, Loader=Loader)
"""
)

EXPORT = (
    _YAML
    + """
import sys, pathlib, subprocess
from astropy.io import fits
from astropy.table import Table
root, out = map(pathlib.Path, sys.argv[1:3])
for path in sorted([*root.rglob("*/*/*.ecsv"), *root.rglob("*/*/*.yaml")]):
    name = str(path.relative_to(root))
    if path.suffix == ".ecsv":
        table = Table.read(path, format="ascii.ecsv")
        meta = dict(table.meta)
        table.meta.clear()
        hdus = [fits.table_to_hdu(table)]
        for key, value in meta.items():
            if not isinstance(value, (list, dict, tuple)):
                hdus[0].header[("HIERARCH " if len(key) > 8 else "") + key] = value
    else:
        with open(path) as file:
            yaml.load(file, Loader=Loader)
        hdus = []  # each class lays out its own tables: not counted
    log = ["git", "log", "-1", "--format=%H", "--", name]
    sha = subprocess.run(log, cwd=root, capture_output=True, text=True).stdout.strip()
    primary = fits.PrimaryHDU()
    primary.header["GITSHA"] = sha
    target = (out / name).with_suffix(".fits")
    target.parent.mkdir(parents=True, exist_ok=True)
    fits.HDUList([primary, *hdus]).writeto(target, checksum=True)
"""
)

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
