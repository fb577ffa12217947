# fmt: off
# ruff: noqa
# mypy: ignore-errors
"""Made from schemas/difference.schema.json."""
from curator.calibrations._compiled import JsonSchemaValueException, Patterns

NoneType = type(None)

def validate(data, custom_formats={}, name_prefix=None):
    if not isinstance(data, (dict)):
        raise JsonSchemaValueException("" + (name_prefix or "data") + " must be object")
    data_is_dict = isinstance(data, dict)
    if data_is_dict:
        data__missing_keys = set(['difference_version', 'dataset_type', 'changes']) - data.keys()
        if data__missing_keys:
            raise JsonSchemaValueException("" + (name_prefix or "data") + " must contain " + (str(sorted(data__missing_keys)) + " properties"))
        data_keys = set(data.keys())
        if "difference_version" in data_keys:
            data_keys.remove("difference_version")
            data__differenceversion = data["difference_version"]
            if not (isinstance(data__differenceversion, (int, float)) and not isinstance(data__differenceversion, bool) and data__differenceversion == 1):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".difference_version must be same as const definition: 1")
        if "dataset_type" in data_keys:
            data_keys.remove("dataset_type")
            data__datasettype = data["dataset_type"]
            if not isinstance(data__datasettype, (str)):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".dataset_type must be string")
        if "changes" in data_keys:
            data_keys.remove("changes")
            data__changes = data["changes"]
            if not isinstance(data__changes, (list, tuple)):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".changes must be array")
            data__changes_is_list = isinstance(data__changes, (list, tuple))
            if data__changes_is_list:
                data__changes_len = len(data__changes)
                for data__changes_x, data__changes_item in enumerate(data__changes):
                    data__changes_item_one_of_count1 = 0
                    if data__changes_item_one_of_count1 < 2:
                        try:
                            validate___definitions_type(data__changes_item, custom_formats, (name_prefix or "data") + ".changes[{data__changes_x}]".format(**locals()))
                            data__changes_item_one_of_count1 += 1
                        except JsonSchemaValueException: pass
                    if data__changes_item_one_of_count1 < 2:
                        try:
                            validate___definitions_keyword(data__changes_item, custom_formats, (name_prefix or "data") + ".changes[{data__changes_x}]".format(**locals()))
                            data__changes_item_one_of_count1 += 1
                        except JsonSchemaValueException: pass
                    if data__changes_item_one_of_count1 < 2:
                        try:
                            validate___definitions_table(data__changes_item, custom_formats, (name_prefix or "data") + ".changes[{data__changes_x}]".format(**locals()))
                            data__changes_item_one_of_count1 += 1
                        except JsonSchemaValueException: pass
                    if data__changes_item_one_of_count1 < 2:
                        try:
                            validate___definitions_column(data__changes_item, custom_formats, (name_prefix or "data") + ".changes[{data__changes_x}]".format(**locals()))
                            data__changes_item_one_of_count1 += 1
                        except JsonSchemaValueException: pass
                    if data__changes_item_one_of_count1 < 2:
                        try:
                            validate___definitions_order(data__changes_item, custom_formats, (name_prefix or "data") + ".changes[{data__changes_x}]".format(**locals()))
                            data__changes_item_one_of_count1 += 1
                        except JsonSchemaValueException: pass
                    if data__changes_item_one_of_count1 < 2:
                        try:
                            validate___definitions_name(data__changes_item, custom_formats, (name_prefix or "data") + ".changes[{data__changes_x}]".format(**locals()))
                            data__changes_item_one_of_count1 += 1
                        except JsonSchemaValueException: pass
                    if data__changes_item_one_of_count1 < 2:
                        try:
                            validate___definitions_move(data__changes_item, custom_formats, (name_prefix or "data") + ".changes[{data__changes_x}]".format(**locals()))
                            data__changes_item_one_of_count1 += 1
                        except JsonSchemaValueException: pass
                    if data__changes_item_one_of_count1 < 2:
                        try:
                            validate___definitions_mask(data__changes_item, custom_formats, (name_prefix or "data") + ".changes[{data__changes_x}]".format(**locals()))
                            data__changes_item_one_of_count1 += 1
                        except JsonSchemaValueException: pass
                    if data__changes_item_one_of_count1 < 2:
                        try:
                            validate___definitions_curve(data__changes_item, custom_formats, (name_prefix or "data") + ".changes[{data__changes_x}]".format(**locals()))
                            data__changes_item_one_of_count1 += 1
                        except JsonSchemaValueException: pass
                    if data__changes_item_one_of_count1 < 2:
                        try:
                            validate___definitions_matrix(data__changes_item, custom_formats, (name_prefix or "data") + ".changes[{data__changes_x}]".format(**locals()))
                            data__changes_item_one_of_count1 += 1
                        except JsonSchemaValueException: pass
                    if data__changes_item_one_of_count1 < 2:
                        try:
                            validate___definitions_row(data__changes_item, custom_formats, (name_prefix or "data") + ".changes[{data__changes_x}]".format(**locals()))
                            data__changes_item_one_of_count1 += 1
                        except JsonSchemaValueException: pass
                    if data__changes_item_one_of_count1 != 1:
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".changes[{data__changes_x}]".format(**locals()) + " must be valid exactly by one definition" + (" (" + str(data__changes_item_one_of_count1) + " matches found)"))
        if data_keys:
            raise JsonSchemaValueException("" + (name_prefix or "data") + " must not contain "+str(data_keys)+" properties")
    return data

def validate___definitions_row(data, custom_formats={}, name_prefix=None):
    if not isinstance(data, (dict)):
        raise JsonSchemaValueException("" + (name_prefix or "data") + " must be object")
    data_is_dict = isinstance(data, dict)
    if data_is_dict:
        data__missing_keys = set(['kind', 'change', 'table', 'row_before', 'row_after', 'key', 'cells']) - data.keys()
        if data__missing_keys:
            raise JsonSchemaValueException("" + (name_prefix or "data") + " must contain " + (str(sorted(data__missing_keys)) + " properties"))
        data_keys = set(data.keys())
        if "kind" in data_keys:
            data_keys.remove("kind")
            data__kind = data["kind"]
            if not (isinstance(data__kind, str) and data__kind == 'row'):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".kind must be same as const definition: row")
        if "change" in data_keys:
            data_keys.remove("change")
            data__change = data["change"]
            if not (isinstance(data__change, str) and data__change == 'added' or isinstance(data__change, str) and data__change == 'removed' or isinstance(data__change, str) and data__change == 'changed'):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".change must be one of ['added', 'removed', 'changed']")
        if "table" in data_keys:
            data_keys.remove("table")
            data__table = data["table"]
            if not isinstance(data__table, (str)):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".table must be string")
        if "row_before" in data_keys:
            data_keys.remove("row_before")
            data__rowbefore = data["row_before"]
            if not isinstance(data__rowbefore, (int)) and not (isinstance(data__rowbefore, float) and data__rowbefore.is_integer()) or isinstance(data__rowbefore, bool):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".row_before must be integer")
            if isinstance(data__rowbefore, (int, float)) and not isinstance(data__rowbefore, bool):
                if data__rowbefore < -1:
                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".row_before must be bigger than or equal to -1")
        if "row_after" in data_keys:
            data_keys.remove("row_after")
            data__rowafter = data["row_after"]
            if not isinstance(data__rowafter, (int)) and not (isinstance(data__rowafter, float) and data__rowafter.is_integer()) or isinstance(data__rowafter, bool):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".row_after must be integer")
            if isinstance(data__rowafter, (int, float)) and not isinstance(data__rowafter, bool):
                if data__rowafter < -1:
                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".row_after must be bigger than or equal to -1")
        if "key" in data_keys:
            data_keys.remove("key")
            data__key = data["key"]
            if not isinstance(data__key, (list, tuple)):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".key must be array")
            data__key_is_list = isinstance(data__key, (list, tuple))
            if data__key_is_list:
                data__key_len = len(data__key)
                for data__key_x, data__key_item in enumerate(data__key):
                    validate___definitions_cell(data__key_item, custom_formats, (name_prefix or "data") + ".key[{data__key_x}]".format(**locals()))
        if "cells" in data_keys:
            data_keys.remove("cells")
            data__cells = data["cells"]
            if not isinstance(data__cells, (list, tuple)):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".cells must be array")
            data__cells_is_list = isinstance(data__cells, (list, tuple))
            if data__cells_is_list:
                data__cells_len = len(data__cells)
                for data__cells_x, data__cells_item in enumerate(data__cells):
                    validate___definitions_cell(data__cells_item, custom_formats, (name_prefix or "data") + ".cells[{data__cells_x}]".format(**locals()))
        if data_keys:
            raise JsonSchemaValueException("" + (name_prefix or "data") + " must not contain "+str(data_keys)+" properties")
    return data

def validate___definitions_cell(data, custom_formats={}, name_prefix=None):
    if not isinstance(data, (dict)):
        raise JsonSchemaValueException("" + (name_prefix or "data") + " must be object")
    data_is_dict = isinstance(data, dict)
    if data_is_dict:
        data__missing_keys = set(['column', 'before', 'after']) - data.keys()
        if data__missing_keys:
            raise JsonSchemaValueException("" + (name_prefix or "data") + " must contain " + (str(sorted(data__missing_keys)) + " properties"))
        data_keys = set(data.keys())
        if "column" in data_keys:
            data_keys.remove("column")
            data__column = data["column"]
            if not isinstance(data__column, (str)):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".column must be string")
        if "before" in data_keys:
            data_keys.remove("before")
            data__before = data["before"]
            validate___definitions_value(data__before, custom_formats, (name_prefix or "data") + ".before")
        if "after" in data_keys:
            data_keys.remove("after")
            data__after = data["after"]
            validate___definitions_value(data__after, custom_formats, (name_prefix or "data") + ".after")
        if data_keys:
            raise JsonSchemaValueException("" + (name_prefix or "data") + " must not contain "+str(data_keys)+" properties")
    return data

def validate___definitions_value(data, custom_formats={}, name_prefix=None):
    data_any_of_count2 = 0
    if not data_any_of_count2:
        try:
            if not isinstance(data, (str, int, float, bool, NoneType)):
                raise JsonSchemaValueException("" + (name_prefix or "data") + " must be string or number or boolean or null")
            data_any_of_count2 += 1
        except JsonSchemaValueException: pass
    if not data_any_of_count2:
        try:
            if not isinstance(data, (list, tuple)):
                raise JsonSchemaValueException("" + (name_prefix or "data") + " must be array")
            data_is_list = isinstance(data, (list, tuple))
            if data_is_list:
                data_len = len(data)
                for data_x, data_item in enumerate(data):
                    validate___definitions_value(data_item, custom_formats, (name_prefix or "data") + "[{data_x}]".format(**locals()))
            data_any_of_count2 += 1
        except JsonSchemaValueException: pass
    if not data_any_of_count2:
        try:
            if not isinstance(data, (dict)):
                raise JsonSchemaValueException("" + (name_prefix or "data") + " must be object")
            data_is_dict = isinstance(data, dict)
            if data_is_dict:
                data__missing_keys = set(['float']) - data.keys()
                if data__missing_keys:
                    raise JsonSchemaValueException("" + (name_prefix or "data") + " must contain " + (str(sorted(data__missing_keys)) + " properties"))
                data_keys = set(data.keys())
                if "float" in data_keys:
                    data_keys.remove("float")
                    data__float = data["float"]
                    if not (isinstance(data__float, str) and data__float == 'nan' or isinstance(data__float, str) and data__float == 'inf' or isinstance(data__float, str) and data__float == '-inf'):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".float must be one of ['nan', 'inf', '-inf']")
                if data_keys:
                    raise JsonSchemaValueException("" + (name_prefix or "data") + " must not contain "+str(data_keys)+" properties")
            data_any_of_count2 += 1
        except JsonSchemaValueException: pass
    if not data_any_of_count2:
        raise JsonSchemaValueException("" + (name_prefix or "data") + " cannot be validated by any definition")
    return data

def validate___definitions_matrix(data, custom_formats={}, name_prefix=None):
    if not isinstance(data, (dict)):
        raise JsonSchemaValueException("" + (name_prefix or "data") + " must be object")
    data_is_dict = isinstance(data, dict)
    if data_is_dict:
        data__missing_keys = set(['kind', 'table', 'column', 'row', 'element', 'before', 'after', 'changed', 'elements', 'flipped', 'scale']) - data.keys()
        if data__missing_keys:
            raise JsonSchemaValueException("" + (name_prefix or "data") + " must contain " + (str(sorted(data__missing_keys)) + " properties"))
        data_keys = set(data.keys())
        if "kind" in data_keys:
            data_keys.remove("kind")
            data__kind = data["kind"]
            if not (isinstance(data__kind, str) and data__kind == 'matrix'):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".kind must be same as const definition: matrix")
        if "table" in data_keys:
            data_keys.remove("table")
            data__table = data["table"]
            if not isinstance(data__table, (str)):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".table must be string")
        if "column" in data_keys:
            data_keys.remove("column")
            data__column = data["column"]
            if not isinstance(data__column, (str)):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".column must be string")
        if "row" in data_keys:
            data_keys.remove("row")
            data__row = data["row"]
            if not isinstance(data__row, (str)):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".row must be string")
        if "element" in data_keys:
            data_keys.remove("element")
            data__element = data["element"]
            if not isinstance(data__element, (str)):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".element must be string")
        if "before" in data_keys:
            data_keys.remove("before")
            data__before = data["before"]
            if not isinstance(data__before, (int, float)) or isinstance(data__before, bool):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".before must be number")
        if "after" in data_keys:
            data_keys.remove("after")
            data__after = data["after"]
            if not isinstance(data__after, (int, float)) or isinstance(data__after, bool):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".after must be number")
        if "changed" in data_keys:
            data_keys.remove("changed")
            data__changed = data["changed"]
            if not isinstance(data__changed, (int)) and not (isinstance(data__changed, float) and data__changed.is_integer()) or isinstance(data__changed, bool):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".changed must be integer")
        if "elements" in data_keys:
            data_keys.remove("elements")
            data__elements = data["elements"]
            if not isinstance(data__elements, (int)) and not (isinstance(data__elements, float) and data__elements.is_integer()) or isinstance(data__elements, bool):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".elements must be integer")
        if "flipped" in data_keys:
            data_keys.remove("flipped")
            data__flipped = data["flipped"]
            if not isinstance(data__flipped, (int)) and not (isinstance(data__flipped, float) and data__flipped.is_integer()) or isinstance(data__flipped, bool):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".flipped must be integer")
        if "scale" in data_keys:
            data_keys.remove("scale")
            data__scale = data["scale"]
            if not isinstance(data__scale, (int, float)) or isinstance(data__scale, bool):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".scale must be number")
        if data_keys:
            raise JsonSchemaValueException("" + (name_prefix or "data") + " must not contain "+str(data_keys)+" properties")
    return data

def validate___definitions_curve(data, custom_formats={}, name_prefix=None):
    if not isinstance(data, (dict)):
        raise JsonSchemaValueException("" + (name_prefix or "data") + " must be object")
    data_is_dict = isinstance(data, dict)
    if data_is_dict:
        data__missing_keys = set(['kind', 'name', 'largest', 'wavelength', 'mean', 'low', 'high']) - data.keys()
        if data__missing_keys:
            raise JsonSchemaValueException("" + (name_prefix or "data") + " must contain " + (str(sorted(data__missing_keys)) + " properties"))
        data_keys = set(data.keys())
        if "kind" in data_keys:
            data_keys.remove("kind")
            data__kind = data["kind"]
            if not (isinstance(data__kind, str) and data__kind == 'curve'):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".kind must be same as const definition: curve")
        if "name" in data_keys:
            data_keys.remove("name")
            data__name = data["name"]
            if not isinstance(data__name, (str)):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".name must be string")
        if "largest" in data_keys:
            data_keys.remove("largest")
            data__largest = data["largest"]
            if not isinstance(data__largest, (int, float)) or isinstance(data__largest, bool):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".largest must be number")
        if "wavelength" in data_keys:
            data_keys.remove("wavelength")
            data__wavelength = data["wavelength"]
            if not isinstance(data__wavelength, (int, float)) or isinstance(data__wavelength, bool):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".wavelength must be number")
        if "mean" in data_keys:
            data_keys.remove("mean")
            data__mean = data["mean"]
            if not isinstance(data__mean, (int, float)) or isinstance(data__mean, bool):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".mean must be number")
        if "low" in data_keys:
            data_keys.remove("low")
            data__low = data["low"]
            if not isinstance(data__low, (int, float)) or isinstance(data__low, bool):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".low must be number")
        if "high" in data_keys:
            data_keys.remove("high")
            data__high = data["high"]
            if not isinstance(data__high, (int, float)) or isinstance(data__high, bool):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".high must be number")
        if data_keys:
            raise JsonSchemaValueException("" + (name_prefix or "data") + " must not contain "+str(data_keys)+" properties")
    return data

def validate___definitions_mask(data, custom_formats={}, name_prefix=None):
    if not isinstance(data, (dict)):
        raise JsonSchemaValueException("" + (name_prefix or "data") + " must be object")
    data_is_dict = isinstance(data, dict)
    if data_is_dict:
        data__missing_keys = set(['kind', 'boxes_before', 'boxes_after', 'added', 'removed', 'resized', 'area_before', 'area_after', 'area_gained', 'area_lost']) - data.keys()
        if data__missing_keys:
            raise JsonSchemaValueException("" + (name_prefix or "data") + " must contain " + (str(sorted(data__missing_keys)) + " properties"))
        data_keys = set(data.keys())
        if "kind" in data_keys:
            data_keys.remove("kind")
            data__kind = data["kind"]
            if not (isinstance(data__kind, str) and data__kind == 'mask'):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".kind must be same as const definition: mask")
        if "boxes_before" in data_keys:
            data_keys.remove("boxes_before")
            data__boxesbefore = data["boxes_before"]
            if not isinstance(data__boxesbefore, (int)) and not (isinstance(data__boxesbefore, float) and data__boxesbefore.is_integer()) or isinstance(data__boxesbefore, bool):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".boxes_before must be integer")
        if "boxes_after" in data_keys:
            data_keys.remove("boxes_after")
            data__boxesafter = data["boxes_after"]
            if not isinstance(data__boxesafter, (int)) and not (isinstance(data__boxesafter, float) and data__boxesafter.is_integer()) or isinstance(data__boxesafter, bool):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".boxes_after must be integer")
        if "added" in data_keys:
            data_keys.remove("added")
            data__added = data["added"]
            if not isinstance(data__added, (int)) and not (isinstance(data__added, float) and data__added.is_integer()) or isinstance(data__added, bool):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".added must be integer")
        if "removed" in data_keys:
            data_keys.remove("removed")
            data__removed = data["removed"]
            if not isinstance(data__removed, (int)) and not (isinstance(data__removed, float) and data__removed.is_integer()) or isinstance(data__removed, bool):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".removed must be integer")
        if "resized" in data_keys:
            data_keys.remove("resized")
            data__resized = data["resized"]
            if not isinstance(data__resized, (int)) and not (isinstance(data__resized, float) and data__resized.is_integer()) or isinstance(data__resized, bool):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".resized must be integer")
        if "area_before" in data_keys:
            data_keys.remove("area_before")
            data__areabefore = data["area_before"]
            if not isinstance(data__areabefore, (int)) and not (isinstance(data__areabefore, float) and data__areabefore.is_integer()) or isinstance(data__areabefore, bool):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".area_before must be integer")
        if "area_after" in data_keys:
            data_keys.remove("area_after")
            data__areaafter = data["area_after"]
            if not isinstance(data__areaafter, (int)) and not (isinstance(data__areaafter, float) and data__areaafter.is_integer()) or isinstance(data__areaafter, bool):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".area_after must be integer")
        if "area_gained" in data_keys:
            data_keys.remove("area_gained")
            data__areagained = data["area_gained"]
            if not isinstance(data__areagained, (int)) and not (isinstance(data__areagained, float) and data__areagained.is_integer()) or isinstance(data__areagained, bool):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".area_gained must be integer")
        if "area_lost" in data_keys:
            data_keys.remove("area_lost")
            data__arealost = data["area_lost"]
            if not isinstance(data__arealost, (int)) and not (isinstance(data__arealost, float) and data__arealost.is_integer()) or isinstance(data__arealost, bool):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".area_lost must be integer")
        if data_keys:
            raise JsonSchemaValueException("" + (name_prefix or "data") + " must not contain "+str(data_keys)+" properties")
    return data

def validate___definitions_move(data, custom_formats={}, name_prefix=None):
    if not isinstance(data, (dict)):
        raise JsonSchemaValueException("" + (name_prefix or "data") + " must be object")
    data_is_dict = isinstance(data, dict)
    if data_is_dict:
        data__missing_keys = set(['kind', 'what', 'table', 'columns', 'pairs']) - data.keys()
        if data__missing_keys:
            raise JsonSchemaValueException("" + (name_prefix or "data") + " must contain " + (str(sorted(data__missing_keys)) + " properties"))
        data_keys = set(data.keys())
        if "kind" in data_keys:
            data_keys.remove("kind")
            data__kind = data["kind"]
            if not (isinstance(data__kind, str) and data__kind == 'move'):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".kind must be same as const definition: move")
        if "what" in data_keys:
            data_keys.remove("what")
            data__what = data["what"]
            if not (isinstance(data__what, str) and data__what == 'amplifier' or isinstance(data__what, str) and data__what == 'detector' or isinstance(data__what, str) and data__what == 'filter' or isinstance(data__what, str) and data__what == 'target' or isinstance(data__what, str) and data__what == 'source' or isinstance(data__what, str) and data__what == 'transposed'):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".what must be one of ['amplifier', 'detector', 'filter', 'target', 'source', 'transposed']")
        if "table" in data_keys:
            data_keys.remove("table")
            data__table = data["table"]
            if not isinstance(data__table, (str)):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".table must be string")
        if "columns" in data_keys:
            data_keys.remove("columns")
            data__columns = data["columns"]
            if not isinstance(data__columns, (list, tuple)):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".columns must be array")
            data__columns_is_list = isinstance(data__columns, (list, tuple))
            if data__columns_is_list:
                data__columns_len = len(data__columns)
                for data__columns_x, data__columns_item in enumerate(data__columns):
                    if not isinstance(data__columns_item, (str)):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".columns[{data__columns_x}]".format(**locals()) + " must be string")
        if "pairs" in data_keys:
            data_keys.remove("pairs")
            data__pairs = data["pairs"]
            if not isinstance(data__pairs, (list, tuple)):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".pairs must be array")
            data__pairs_is_list = isinstance(data__pairs, (list, tuple))
            if data__pairs_is_list:
                data__pairs_len = len(data__pairs)
                for data__pairs_x, data__pairs_item in enumerate(data__pairs):
                    if not isinstance(data__pairs_item, (list, tuple)):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".pairs[{data__pairs_x}]".format(**locals()) + " must be array")
                    data__pairs_item_is_list = isinstance(data__pairs_item, (list, tuple))
                    if data__pairs_item_is_list:
                        data__pairs_item_len = len(data__pairs_item)
                        if data__pairs_item_len < 2:
                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".pairs[{data__pairs_x}]".format(**locals()) + " must contain at least 2 items")
                        if data__pairs_item_len > 2:
                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".pairs[{data__pairs_x}]".format(**locals()) + " must contain less than or equal to 2 items")
                        for data__pairs_item_x, data__pairs_item_item in enumerate(data__pairs_item):
                            if not isinstance(data__pairs_item_item, (str)):
                                raise JsonSchemaValueException("" + (name_prefix or "data") + ".pairs[{data__pairs_x}][{data__pairs_item_x}]".format(**locals()) + " must be string")
        if data_keys:
            raise JsonSchemaValueException("" + (name_prefix or "data") + " must not contain "+str(data_keys)+" properties")
    return data

def validate___definitions_name(data, custom_formats={}, name_prefix=None):
    if not isinstance(data, (dict)):
        raise JsonSchemaValueException("" + (name_prefix or "data") + " must be object")
    data_is_dict = isinstance(data, dict)
    if data_is_dict:
        data__missing_keys = set(['kind', 'change', 'what', 'name', 'of']) - data.keys()
        if data__missing_keys:
            raise JsonSchemaValueException("" + (name_prefix or "data") + " must contain " + (str(sorted(data__missing_keys)) + " properties"))
        data_keys = set(data.keys())
        if "kind" in data_keys:
            data_keys.remove("kind")
            data__kind = data["kind"]
            if not (isinstance(data__kind, str) and data__kind == 'name'):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".kind must be same as const definition: name")
        if "change" in data_keys:
            data_keys.remove("change")
            data__change = data["change"]
            if not (isinstance(data__change, str) and data__change == 'added' or isinstance(data__change, str) and data__change == 'removed'):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".change must be one of ['added', 'removed']")
        if "what" in data_keys:
            data_keys.remove("what")
            data__what = data["what"]
            if not (isinstance(data__what, str) and data__what == 'amplifier' or isinstance(data__what, str) and data__what == 'detector' or isinstance(data__what, str) and data__what == 'filter'):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".what must be one of ['amplifier', 'detector', 'filter']")
        if "name" in data_keys:
            data_keys.remove("name")
            data__name = data["name"]
            if not isinstance(data__name, (str)):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".name must be string")
        if "of" in data_keys:
            data_keys.remove("of")
            data__of = data["of"]
            if not isinstance(data__of, (str)):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".of must be string")
        if data_keys:
            raise JsonSchemaValueException("" + (name_prefix or "data") + " must not contain "+str(data_keys)+" properties")
    return data

def validate___definitions_order(data, custom_formats={}, name_prefix=None):
    if not isinstance(data, (dict)):
        raise JsonSchemaValueException("" + (name_prefix or "data") + " must be object")
    data_is_dict = isinstance(data, dict)
    if data_is_dict:
        data__missing_keys = set(['kind', 'what', 'table', 'order']) - data.keys()
        if data__missing_keys:
            raise JsonSchemaValueException("" + (name_prefix or "data") + " must contain " + (str(sorted(data__missing_keys)) + " properties"))
        data_keys = set(data.keys())
        if "kind" in data_keys:
            data_keys.remove("kind")
            data__kind = data["kind"]
            if not (isinstance(data__kind, str) and data__kind == 'order'):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".kind must be same as const definition: order")
        if "what" in data_keys:
            data_keys.remove("what")
            data__what = data["what"]
            if not (isinstance(data__what, str) and data__what == 'rows' or isinstance(data__what, str) and data__what == 'columns'):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".what must be one of ['rows', 'columns']")
        if "table" in data_keys:
            data_keys.remove("table")
            data__table = data["table"]
            if not isinstance(data__table, (str)):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".table must be string")
        if "order" in data_keys:
            data_keys.remove("order")
            data__order = data["order"]
            if not isinstance(data__order, (list, tuple)):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".order must be array")
            data__order_is_list = isinstance(data__order, (list, tuple))
            if data__order_is_list:
                data__order_len = len(data__order)
                for data__order_x, data__order_item in enumerate(data__order):
                    if not isinstance(data__order_item, (int)) and not (isinstance(data__order_item, float) and data__order_item.is_integer()) or isinstance(data__order_item, bool):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".order[{data__order_x}]".format(**locals()) + " must be integer")
                    if isinstance(data__order_item, (int, float)) and not isinstance(data__order_item, bool):
                        if data__order_item < 0:
                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".order[{data__order_x}]".format(**locals()) + " must be bigger than or equal to 0")
        if data_keys:
            raise JsonSchemaValueException("" + (name_prefix or "data") + " must not contain "+str(data_keys)+" properties")
    return data

def validate___definitions_column(data, custom_formats={}, name_prefix=None):
    if not isinstance(data, (dict)):
        raise JsonSchemaValueException("" + (name_prefix or "data") + " must be object")
    data_is_dict = isinstance(data, dict)
    if data_is_dict:
        data__missing_keys = set(['kind', 'change', 'table', 'column', 'before', 'after', 'at', 'unit', 'description', 'values']) - data.keys()
        if data__missing_keys:
            raise JsonSchemaValueException("" + (name_prefix or "data") + " must contain " + (str(sorted(data__missing_keys)) + " properties"))
        data_keys = set(data.keys())
        if "kind" in data_keys:
            data_keys.remove("kind")
            data__kind = data["kind"]
            if not (isinstance(data__kind, str) and data__kind == 'column'):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".kind must be same as const definition: column")
        if "change" in data_keys:
            data_keys.remove("change")
            data__change = data["change"]
            if not (isinstance(data__change, str) and data__change == 'added' or isinstance(data__change, str) and data__change == 'removed' or isinstance(data__change, str) and data__change == 'type' or isinstance(data__change, str) and data__change == 'unit' or isinstance(data__change, str) and data__change == 'description'):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".change must be one of ['added', 'removed', 'type', 'unit', 'description']")
        if "table" in data_keys:
            data_keys.remove("table")
            data__table = data["table"]
            if not isinstance(data__table, (str)):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".table must be string")
        if "column" in data_keys:
            data_keys.remove("column")
            data__column = data["column"]
            if not isinstance(data__column, (str)):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".column must be string")
        if "before" in data_keys:
            data_keys.remove("before")
            data__before = data["before"]
            if not isinstance(data__before, (str)):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".before must be string")
        if "after" in data_keys:
            data_keys.remove("after")
            data__after = data["after"]
            if not isinstance(data__after, (str)):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".after must be string")
        if "at" in data_keys:
            data_keys.remove("at")
            data__at = data["at"]
            if not isinstance(data__at, (int)) and not (isinstance(data__at, float) and data__at.is_integer()) or isinstance(data__at, bool):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".at must be integer")
            if isinstance(data__at, (int, float)) and not isinstance(data__at, bool):
                if data__at < -1:
                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".at must be bigger than or equal to -1")
        if "unit" in data_keys:
            data_keys.remove("unit")
            data__unit = data["unit"]
            if not isinstance(data__unit, (str)):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".unit must be string")
        if "description" in data_keys:
            data_keys.remove("description")
            data__description = data["description"]
            if not isinstance(data__description, (str)):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".description must be string")
        if "values" in data_keys:
            data_keys.remove("values")
            data__values = data["values"]
            if not isinstance(data__values, (list, tuple)):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".values must be array")
            data__values_is_list = isinstance(data__values, (list, tuple))
            if data__values_is_list:
                data__values_len = len(data__values)
                for data__values_x, data__values_item in enumerate(data__values):
                    validate___definitions_value(data__values_item, custom_formats, (name_prefix or "data") + ".values[{data__values_x}]".format(**locals()))
        if data_keys:
            raise JsonSchemaValueException("" + (name_prefix or "data") + " must not contain "+str(data_keys)+" properties")
    return data

def validate___definitions_table(data, custom_formats={}, name_prefix=None):
    if not isinstance(data, (dict)):
        raise JsonSchemaValueException("" + (name_prefix or "data") + " must be object")
    data_is_dict = isinstance(data, dict)
    if data_is_dict:
        data__missing_keys = set(['kind', 'change', 'table', 'columns', 'key', 'rows']) - data.keys()
        if data__missing_keys:
            raise JsonSchemaValueException("" + (name_prefix or "data") + " must contain " + (str(sorted(data__missing_keys)) + " properties"))
        data_keys = set(data.keys())
        if "kind" in data_keys:
            data_keys.remove("kind")
            data__kind = data["kind"]
            if not (isinstance(data__kind, str) and data__kind == 'table'):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".kind must be same as const definition: table")
        if "change" in data_keys:
            data_keys.remove("change")
            data__change = data["change"]
            if not (isinstance(data__change, str) and data__change == 'added' or isinstance(data__change, str) and data__change == 'removed'):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".change must be one of ['added', 'removed']")
        if "table" in data_keys:
            data_keys.remove("table")
            data__table = data["table"]
            if not isinstance(data__table, (str)):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".table must be string")
        if "columns" in data_keys:
            data_keys.remove("columns")
            data__columns = data["columns"]
            if not isinstance(data__columns, (list, tuple)):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".columns must be array")
            data__columns_is_list = isinstance(data__columns, (list, tuple))
            if data__columns_is_list:
                data__columns_len = len(data__columns)
                for data__columns_x, data__columns_item in enumerate(data__columns):
                    if not isinstance(data__columns_item, (list, tuple)):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".columns[{data__columns_x}]".format(**locals()) + " must be array")
                    data__columns_item_is_list = isinstance(data__columns_item, (list, tuple))
                    if data__columns_item_is_list:
                        data__columns_item_len = len(data__columns_item)
                        if data__columns_item_len < 4:
                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".columns[{data__columns_x}]".format(**locals()) + " must contain at least 4 items")
                        if data__columns_item_len > 4:
                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".columns[{data__columns_x}]".format(**locals()) + " must contain less than or equal to 4 items")
                        for data__columns_item_x, data__columns_item_item in enumerate(data__columns_item):
                            if not isinstance(data__columns_item_item, (str)):
                                raise JsonSchemaValueException("" + (name_prefix or "data") + ".columns[{data__columns_x}][{data__columns_item_x}]".format(**locals()) + " must be string")
        if "key" in data_keys:
            data_keys.remove("key")
            data__key = data["key"]
            if not isinstance(data__key, (list, tuple)):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".key must be array")
            data__key_is_list = isinstance(data__key, (list, tuple))
            if data__key_is_list:
                data__key_len = len(data__key)
                for data__key_x, data__key_item in enumerate(data__key):
                    if not isinstance(data__key_item, (str)):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".key[{data__key_x}]".format(**locals()) + " must be string")
        if "rows" in data_keys:
            data_keys.remove("rows")
            data__rows = data["rows"]
            if not isinstance(data__rows, (list, tuple)):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".rows must be array")
            data__rows_is_list = isinstance(data__rows, (list, tuple))
            if data__rows_is_list:
                data__rows_len = len(data__rows)
                for data__rows_x, data__rows_item in enumerate(data__rows):
                    if not isinstance(data__rows_item, (list, tuple)):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".rows[{data__rows_x}]".format(**locals()) + " must be array")
                    data__rows_item_is_list = isinstance(data__rows_item, (list, tuple))
                    if data__rows_item_is_list:
                        data__rows_item_len = len(data__rows_item)
                        for data__rows_item_x, data__rows_item_item in enumerate(data__rows_item):
                            validate___definitions_value(data__rows_item_item, custom_formats, (name_prefix or "data") + ".rows[{data__rows_x}][{data__rows_item_x}]".format(**locals()))
        if data_keys:
            raise JsonSchemaValueException("" + (name_prefix or "data") + " must not contain "+str(data_keys)+" properties")
    return data

def validate___definitions_keyword(data, custom_formats={}, name_prefix=None):
    if not isinstance(data, (dict)):
        raise JsonSchemaValueException("" + (name_prefix or "data") + " must be object")
    data_is_dict = isinstance(data, dict)
    if data_is_dict:
        data__missing_keys = set(['kind', 'change', 'keyword', 'before', 'after']) - data.keys()
        if data__missing_keys:
            raise JsonSchemaValueException("" + (name_prefix or "data") + " must contain " + (str(sorted(data__missing_keys)) + " properties"))
        data_keys = set(data.keys())
        if "kind" in data_keys:
            data_keys.remove("kind")
            data__kind = data["kind"]
            if not (isinstance(data__kind, str) and data__kind == 'keyword'):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".kind must be same as const definition: keyword")
        if "change" in data_keys:
            data_keys.remove("change")
            data__change = data["change"]
            if not (isinstance(data__change, str) and data__change == 'added' or isinstance(data__change, str) and data__change == 'removed' or isinstance(data__change, str) and data__change == 'changed'):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".change must be one of ['added', 'removed', 'changed']")
        if "keyword" in data_keys:
            data_keys.remove("keyword")
            data__keyword = data["keyword"]
            if not isinstance(data__keyword, (str)):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".keyword must be string")
        if "before" in data_keys:
            data_keys.remove("before")
            data__before = data["before"]
            validate___definitions_value(data__before, custom_formats, (name_prefix or "data") + ".before")
        if "after" in data_keys:
            data_keys.remove("after")
            data__after = data["after"]
            validate___definitions_value(data__after, custom_formats, (name_prefix or "data") + ".after")
        if data_keys:
            raise JsonSchemaValueException("" + (name_prefix or "data") + " must not contain "+str(data_keys)+" properties")
    return data

def validate___definitions_type(data, custom_formats={}, name_prefix=None):
    if not isinstance(data, (dict)):
        raise JsonSchemaValueException("" + (name_prefix or "data") + " must be object")
    data_is_dict = isinstance(data, dict)
    if data_is_dict:
        data__missing_keys = set(['kind', 'before', 'after']) - data.keys()
        if data__missing_keys:
            raise JsonSchemaValueException("" + (name_prefix or "data") + " must contain " + (str(sorted(data__missing_keys)) + " properties"))
        data_keys = set(data.keys())
        if "kind" in data_keys:
            data_keys.remove("kind")
            data__kind = data["kind"]
            if not (isinstance(data__kind, str) and data__kind == 'type'):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".kind must be same as const definition: type")
        if "before" in data_keys:
            data_keys.remove("before")
            data__before = data["before"]
            if not isinstance(data__before, (str)):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".before must be string")
        if "after" in data_keys:
            data_keys.remove("after")
            data__after = data["after"]
            if not isinstance(data__after, (str)):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".after must be string")
        if data_keys:
            raise JsonSchemaValueException("" + (name_prefix or "data") + " must not contain "+str(data_keys)+" properties")
    return data
