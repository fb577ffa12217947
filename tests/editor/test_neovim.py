"""A session in an editor that people use, where it is installed."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

from conftest import need

from .conftest import COMMAND, DEFECTS

SETUP = Path(__file__).parents[2] / "docs" / "editors" / "vim.md"
SESSION = """
local said = {}
vim.cmd("edit " .. ROOT .. "/" .. FILE)
local id
local function wait(ready) return vim.wait(20000, ready, 20) end
wait(function()
  for number, client in pairs(vim.lsp.buf_get_clients(0)) do
    if client.initialized then id = number end
  end
  return id ~= nil
end)
local lines = vim.api.nvim_buf_get_lines(0, 0, -1, false)
local row
for number, line in ipairs(lines) do
  if line:find("INSTRUME:") then row = number end
end
local wrong = lines[row]:gsub("INSTRUME:", "instrume:")
vim.api.nvim_buf_set_lines(0, row - 1, row, false, { wrong })
wait(function() return #vim.diagnostic.get(0) > 0 end)
for _, one in ipairs(vim.diagnostic.get(0)) do
  table.insert(said, { line = one.lnum + 1, message = one.message, source = one.source })
end
vim.api.nvim_win_set_cursor(0, { row, 6 })
local place = vim.lsp.util.make_range_params(0, "utf-16")
place.context = { diagnostics = {} }
local answers = vim.lsp.buf_request_sync(0, "textDocument/codeAction", place, 20000)
vim.lsp.util.apply_workspace_edit(answers[id].result[1].edit, "utf-16")
local left = wait(function() return #vim.diagnostic.get(0) == 0 end)
local mended = vim.api.nvim_buf_get_lines(0, row - 1, row, false)[1]
place = vim.lsp.util.make_position_params(0, "utf-16")
local hover = vim.lsp.buf_request_sync(0, "textDocument/hover", place, 20000)
local found = { said = said, mended = mended, left = left, hover = hover[id].result.contents.value }
vim.fn.writefile({ vim.fn.json_encode(found) }, OUT)
vim.cmd("qa!")
"""


def test_a_mistake_is_seen_and_mended_in_neovim_as_the_page_sets_it_up(
    repository: Path, tmp_path: Path
) -> None:
    nvim, out = need("nvim"), tmp_path / "found.json"
    values = {"ROOT": str(repository), "FILE": DEFECTS, "OUT": str(out)}
    (setup,) = re.findall(r"^```lua\n(.*?)^```$", SETUP.read_text(), re.MULTILINE | re.DOTALL)
    words = ", ".join(json.dumps(word) for word in COMMAND)
    assert setup.count('cmd = { "curator", "lsp" }') == 1
    session = setup.replace('"curator", "lsp"', words) + SESSION
    for name, value in values.items():
        session = session.replace(name, json.dumps(value))
    script = tmp_path / "session.lua"
    script.write_text(session)
    # -n: no swap file. What follows `+` runs when the editor is up.
    done = subprocess.run(
        [nvim, "--headless", "-n", "-u", "NONE", f"+luafile {script}", "+cquit"],
        cwd=repository,
        capture_output=True,
        timeout=120,
    )
    assert out.exists(), done.stderr.decode()
    found = json.loads(out.read_text())
    (one,) = found["said"]
    assert one["source"] == "curator"
    assert "instrume is not in upper case" in one["message"]
    assert found["mended"] == "# - {INSTRUME: 'ExampleCam'}"
    assert found["left"]
    assert "**INSTRUME**" in found["hover"]
