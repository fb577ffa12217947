# fmt: off
# ruff: noqa
# mypy: ignore-errors
"""Made from schemas/camera.schema.json."""
from curator.calibrations._compiled import JsonSchemaValueException, Patterns

REGEX_PATTERNS = Patterns({
    '^(camera|CAMERA)_(SCHEMA|schema)$': '^(camera|CAMERA)_(SCHEMA|schema)$',
    '^(camera|CAMERA)_(SCHEMA_VERSION|VERSION|version)$': '^(camera|CAMERA)_(SCHEMA_VERSION|VERSION|version)$',
    '^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]+)?)?)?$': '^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]+)?)?)?\\Z',
    '^($|\\S+=)': '^(\\Z|\\S+=)',
    '^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ].*)?$': '^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ].*)?\\Z',
    '^[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?( ?[A-Za-z+-].*)?$': '^[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?( ?[A-Za-z+-].*)?\\Z',
    '^($|[A-Za-z_]\\w*(\\.[A-Za-z_]\\w*)*$)': '^(\\Z|[A-Za-z_]\\w*(\\.[A-Za-z_]\\w*)*\\Z)',
    '^$|^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]+)?)?)?$': '^\\Z|^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]+)?)?)?\\Z',
})
NoneType = type(None)

def validate(data, custom_formats={}, name_prefix=None):
    if not isinstance(data, (dict)):
        raise JsonSchemaValueException("" + (name_prefix or "data") + " must be object")
    data_is_dict = isinstance(data, dict)
    if data_is_dict:
        data__missing_keys = set(['header', 'tree']) - data.keys()
        if data__missing_keys:
            raise JsonSchemaValueException("" + (name_prefix or "data") + " must contain " + (str(sorted(data__missing_keys)) + " properties"))
        data_keys = set(data.keys())
        if "header" in data_keys:
            data_keys.remove("header")
            data__header = data["header"]
            validate___definitions_header(data__header, custom_formats, (name_prefix or "data") + ".header")
            if not isinstance(data__header, (dict)):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".header must be object")
            data__header_is_dict = isinstance(data__header, dict)
            if data__header_is_dict:
                data__header_keys = set(data__header.keys())
                for data__header_key, data__header_val in data__header.items():
                    if REGEX_PATTERNS['^(camera|CAMERA)_(SCHEMA|schema)$'].search(data__header_key):
                        if data__header_key in data__header_keys:
                            data__header_keys.remove(data__header_key)
                        validate___definitions_header_definitions_schema(data__header_val, custom_formats, (name_prefix or "data") + ".header.{data__header_key}".format(**locals()))
                    if REGEX_PATTERNS['^(camera|CAMERA)_(SCHEMA_VERSION|VERSION|version)$'].search(data__header_key):
                        if data__header_key in data__header_keys:
                            data__header_keys.remove(data__header_key)
                        validate___definitions_header_definitions_version(data__header_val, custom_formats, (name_prefix or "data") + ".header.{data__header_key}".format(**locals()))
        if "tree" in data_keys:
            data_keys.remove("tree")
            data__tree = data["tree"]
            if not isinstance(data__tree, (dict)):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree must be object")
            data__tree_is_dict = isinstance(data__tree, dict)
            if data__tree_is_dict:
                data__tree__missing_keys = set(['metadata', 'name', 'detectors']) - data__tree.keys()
                if data__tree__missing_keys:
                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree must contain " + (str(sorted(data__tree__missing_keys)) + " properties"))
                data__tree_keys = set(data__tree.keys())
                if "metadata" in data__tree_keys:
                    data__tree_keys.remove("metadata")
                    data__tree__metadata = data__tree["metadata"]
                    if not isinstance(data__tree__metadata, (dict, NoneType)):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.metadata must be object or null")
                if "name" in data__tree_keys:
                    data__tree_keys.remove("name")
                    data__tree__name = data__tree["name"]
                    if not isinstance(data__tree__name, (str)):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.name must be string")
                    if isinstance(data__tree__name, str):
                        data__tree__name_len = len(data__tree__name)
                        if data__tree__name_len < 1:
                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.name must be longer than or equal to 1 characters")
                if "aliases" in data__tree_keys:
                    data__tree_keys.remove("aliases")
                    data__tree__aliases = data__tree["aliases"]
                    if not isinstance(data__tree__aliases, (list, tuple, NoneType)):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.aliases must be array or null")
                    data__tree__aliases_is_list = isinstance(data__tree__aliases, (list, tuple))
                    if data__tree__aliases_is_list:
                        data__tree__aliases_len = len(data__tree__aliases)
                        for data__tree__aliases_x, data__tree__aliases_item in enumerate(data__tree__aliases):
                            if not isinstance(data__tree__aliases_item, (str)):
                                raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.aliases[{data__tree__aliases_x}]".format(**locals()) + " must be string")
                            if isinstance(data__tree__aliases_item, str):
                                data__tree__aliases_item_len = len(data__tree__aliases_item)
                                if data__tree__aliases_item_len < 1:
                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.aliases[{data__tree__aliases_x}]".format(**locals()) + " must be longer than or equal to 1 characters")
                if "start" in data__tree_keys:
                    data__tree_keys.remove("start")
                    data__tree__start = data__tree["start"]
                    if not isinstance(data__tree__start, (str, NoneType)):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.start must be string or null")
                    if isinstance(data__tree__start, str):
                        if not REGEX_PATTERNS['^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]+)?)?)?$'].search(data__tree__start):
                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.start must match pattern ^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]+)?)?)?$")
                if "detectors" in data__tree_keys:
                    data__tree_keys.remove("detectors")
                    data__tree__detectors = data__tree["detectors"]
                    if not isinstance(data__tree__detectors, (list, tuple)):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.detectors must be array")
                    data__tree__detectors_is_list = isinstance(data__tree__detectors, (list, tuple))
                    if data__tree__detectors_is_list:
                        data__tree__detectors_len = len(data__tree__detectors)
                        for data__tree__detectors_x, data__tree__detectors_item in enumerate(data__tree__detectors):
                            if not isinstance(data__tree__detectors_item, (dict)):
                                raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.detectors[{data__tree__detectors_x}]".format(**locals()) + " must be object")
                            data__tree__detectors_item_is_dict = isinstance(data__tree__detectors_item, dict)
                            if data__tree__detectors_item_is_dict:
                                data__tree__detectors_item__missing_keys = set(['name', 'id']) - data__tree__detectors_item.keys()
                                if data__tree__detectors_item__missing_keys:
                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.detectors[{data__tree__detectors_x}]".format(**locals()) + " must contain " + (str(sorted(data__tree__detectors_item__missing_keys)) + " properties"))
                                data__tree__detectors_item_keys = set(data__tree__detectors_item.keys())
                                if "name" in data__tree__detectors_item_keys:
                                    data__tree__detectors_item_keys.remove("name")
                                    data__tree__detectors_item__name = data__tree__detectors_item["name"]
                                    if not isinstance(data__tree__detectors_item__name, (str)):
                                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.detectors[{data__tree__detectors_x}].name".format(**locals()) + " must be string")
                                    if isinstance(data__tree__detectors_item__name, str):
                                        data__tree__detectors_item__name_len = len(data__tree__detectors_item__name)
                                        if data__tree__detectors_item__name_len < 1:
                                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.detectors[{data__tree__detectors_x}].name".format(**locals()) + " must be longer than or equal to 1 characters")
                                if "id" in data__tree__detectors_item_keys:
                                    data__tree__detectors_item_keys.remove("id")
                                    data__tree__detectors_item__id = data__tree__detectors_item["id"]
                                    if not isinstance(data__tree__detectors_item__id, (int)) and not (isinstance(data__tree__detectors_item__id, float) and data__tree__detectors_item__id.is_integer()) or isinstance(data__tree__detectors_item__id, bool):
                                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.detectors[{data__tree__detectors_x}].id".format(**locals()) + " must be integer")
                                if "width" in data__tree__detectors_item_keys:
                                    data__tree__detectors_item_keys.remove("width")
                                    data__tree__detectors_item__width = data__tree__detectors_item["width"]
                                    if not isinstance(data__tree__detectors_item__width, (int, NoneType)) and not (isinstance(data__tree__detectors_item__width, float) and data__tree__detectors_item__width.is_integer()) or isinstance(data__tree__detectors_item__width, bool):
                                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.detectors[{data__tree__detectors_x}].width".format(**locals()) + " must be integer or null")
                                    if isinstance(data__tree__detectors_item__width, (int, float)) and not isinstance(data__tree__detectors_item__width, bool):
                                        if data__tree__detectors_item__width < 0:
                                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.detectors[{data__tree__detectors_x}].width".format(**locals()) + " must be bigger than or equal to 0")
                                if "height" in data__tree__detectors_item_keys:
                                    data__tree__detectors_item_keys.remove("height")
                                    data__tree__detectors_item__height = data__tree__detectors_item["height"]
                                    if not isinstance(data__tree__detectors_item__height, (int, NoneType)) and not (isinstance(data__tree__detectors_item__height, float) and data__tree__detectors_item__height.is_integer()) or isinstance(data__tree__detectors_item__height, bool):
                                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.detectors[{data__tree__detectors_x}].height".format(**locals()) + " must be integer or null")
                                    if isinstance(data__tree__detectors_item__height, (int, float)) and not isinstance(data__tree__detectors_item__height, bool):
                                        if data__tree__detectors_item__height < 0:
                                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.detectors[{data__tree__detectors_x}].height".format(**locals()) + " must be bigger than or equal to 0")
                                if "serial" in data__tree__detectors_item_keys:
                                    data__tree__detectors_item_keys.remove("serial")
                                    data__tree__detectors_item__serial = data__tree__detectors_item["serial"]
                                    if not isinstance(data__tree__detectors_item__serial, (str, NoneType)):
                                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.detectors[{data__tree__detectors_x}].serial".format(**locals()) + " must be string or null")
                                if "size_from" in data__tree__detectors_item_keys:
                                    data__tree__detectors_item_keys.remove("size_from")
                                    data__tree__detectors_item__sizefrom = data__tree__detectors_item["size_from"]
                                    if not (isinstance(data__tree__detectors_item__sizefrom, str) and data__tree__detectors_item__sizefrom == 'inferred' or data__tree__detectors_item__sizefrom is None):
                                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.detectors[{data__tree__detectors_x}].size_from".format(**locals()) + " must be one of ['inferred', None]")
                                if "type" in data__tree__detectors_item_keys:
                                    data__tree__detectors_item_keys.remove("type")
                                    data__tree__detectors_item__type = data__tree__detectors_item["type"]
                                    if not isinstance(data__tree__detectors_item__type, (str, NoneType)):
                                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.detectors[{data__tree__detectors_x}].type".format(**locals()) + " must be string or null")
                                if "amplifiers" in data__tree__detectors_item_keys:
                                    data__tree__detectors_item_keys.remove("amplifiers")
                                    data__tree__detectors_item__amplifiers = data__tree__detectors_item["amplifiers"]
                                    if not isinstance(data__tree__detectors_item__amplifiers, (list, tuple, NoneType)):
                                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.detectors[{data__tree__detectors_x}].amplifiers".format(**locals()) + " must be array or null")
                                    data__tree__detectors_item__amplifiers_is_list = isinstance(data__tree__detectors_item__amplifiers, (list, tuple))
                                    if data__tree__detectors_item__amplifiers_is_list:
                                        data__tree__detectors_item__amplifiers_len = len(data__tree__detectors_item__amplifiers)
                                        for data__tree__detectors_item__amplifiers_x, data__tree__detectors_item__amplifiers_item in enumerate(data__tree__detectors_item__amplifiers):
                                            if not isinstance(data__tree__detectors_item__amplifiers_item, (str)):
                                                raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.detectors[{data__tree__detectors_x}].amplifiers[{data__tree__detectors_item__amplifiers_x}]".format(**locals()) + " must be string")
                                            if isinstance(data__tree__detectors_item__amplifiers_item, str):
                                                data__tree__detectors_item__amplifiers_item_len = len(data__tree__detectors_item__amplifiers_item)
                                                if data__tree__detectors_item__amplifiers_item_len < 1:
                                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.detectors[{data__tree__detectors_x}].amplifiers[{data__tree__detectors_item__amplifiers_x}]".format(**locals()) + " must be longer than or equal to 1 characters")
                                if data__tree__detectors_item_keys:
                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.detectors[{data__tree__detectors_x}]".format(**locals()) + " must not contain "+str(data__tree__detectors_item_keys)+" properties")
                if "filters" in data__tree_keys:
                    data__tree_keys.remove("filters")
                    data__tree__filters = data__tree["filters"]
                    if not isinstance(data__tree__filters, (list, tuple, NoneType)):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.filters must be array or null")
                    data__tree__filters_is_list = isinstance(data__tree__filters, (list, tuple))
                    if data__tree__filters_is_list:
                        data__tree__filters_len = len(data__tree__filters)
                        for data__tree__filters_x, data__tree__filters_item in enumerate(data__tree__filters):
                            if not isinstance(data__tree__filters_item, (dict)):
                                raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.filters[{data__tree__filters_x}]".format(**locals()) + " must be object")
                            data__tree__filters_item_is_dict = isinstance(data__tree__filters_item, dict)
                            if data__tree__filters_item_is_dict:
                                data__tree__filters_item__missing_keys = set(['name']) - data__tree__filters_item.keys()
                                if data__tree__filters_item__missing_keys:
                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.filters[{data__tree__filters_x}]".format(**locals()) + " must contain " + (str(sorted(data__tree__filters_item__missing_keys)) + " properties"))
                                data__tree__filters_item_keys = set(data__tree__filters_item.keys())
                                if "name" in data__tree__filters_item_keys:
                                    data__tree__filters_item_keys.remove("name")
                                    data__tree__filters_item__name = data__tree__filters_item["name"]
                                    if not isinstance(data__tree__filters_item__name, (str)):
                                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.filters[{data__tree__filters_x}].name".format(**locals()) + " must be string")
                                    if isinstance(data__tree__filters_item__name, str):
                                        data__tree__filters_item__name_len = len(data__tree__filters_item__name)
                                        if data__tree__filters_item__name_len < 1:
                                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.filters[{data__tree__filters_x}].name".format(**locals()) + " must be longer than or equal to 1 characters")
                                if "band" in data__tree__filters_item_keys:
                                    data__tree__filters_item_keys.remove("band")
                                    data__tree__filters_item__band = data__tree__filters_item["band"]
                                    if not isinstance(data__tree__filters_item__band, (str, NoneType)):
                                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.filters[{data__tree__filters_x}].band".format(**locals()) + " must be string or null")
                                if "aliases" in data__tree__filters_item_keys:
                                    data__tree__filters_item_keys.remove("aliases")
                                    data__tree__filters_item__aliases = data__tree__filters_item["aliases"]
                                    if not isinstance(data__tree__filters_item__aliases, (list, tuple, NoneType)):
                                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.filters[{data__tree__filters_x}].aliases".format(**locals()) + " must be array or null")
                                    data__tree__filters_item__aliases_is_list = isinstance(data__tree__filters_item__aliases, (list, tuple))
                                    if data__tree__filters_item__aliases_is_list:
                                        data__tree__filters_item__aliases_len = len(data__tree__filters_item__aliases)
                                        for data__tree__filters_item__aliases_x, data__tree__filters_item__aliases_item in enumerate(data__tree__filters_item__aliases):
                                            if not isinstance(data__tree__filters_item__aliases_item, (str)):
                                                raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.filters[{data__tree__filters_x}].aliases[{data__tree__filters_item__aliases_x}]".format(**locals()) + " must be string")
                                            if isinstance(data__tree__filters_item__aliases_item, str):
                                                data__tree__filters_item__aliases_item_len = len(data__tree__filters_item__aliases_item)
                                                if data__tree__filters_item__aliases_item_len < 1:
                                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.filters[{data__tree__filters_x}].aliases[{data__tree__filters_item__aliases_x}]".format(**locals()) + " must be longer than or equal to 1 characters")
                                if data__tree__filters_item_keys:
                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.filters[{data__tree__filters_x}]".format(**locals()) + " must not contain "+str(data__tree__filters_item_keys)+" properties")
                if data__tree_keys:
                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree must not contain "+str(data__tree_keys)+" properties")
    return data

def validate___definitions_header_definitions_version(data, custom_formats={}, name_prefix=None):
    if not isinstance(data, (int, float, NoneType)) or isinstance(data, bool):
        raise JsonSchemaValueException("" + (name_prefix or "data") + " must be number or null")
    return data

def validate___definitions_header_definitions_schema(data, custom_formats={}, name_prefix=None):
    if not isinstance(data, (str, NoneType)):
        raise JsonSchemaValueException("" + (name_prefix or "data") + " must be string or null")
    return data

def validate___definitions_header(data, custom_formats={}, name_prefix=None):
    if not isinstance(data, (dict)):
        raise JsonSchemaValueException("" + (name_prefix or "data") + " must be object")
    data_is_dict = isinstance(data, dict)
    if data_is_dict:
        data_keys = set(data.keys())
        if "OBSTYPE" in data_keys:
            data_keys.remove("OBSTYPE")
            data__OBSTYPE = data["OBSTYPE"]
            if not isinstance(data__OBSTYPE, (str)):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".OBSTYPE must be string")
            if isinstance(data__OBSTYPE, str):
                data__OBSTYPE_len = len(data__OBSTYPE)
                if data__OBSTYPE_len < 1:
                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".OBSTYPE must be longer than or equal to 1 characters")
        if "INSTRUME" in data_keys:
            data_keys.remove("INSTRUME")
            data__INSTRUME = data["INSTRUME"]
            if not isinstance(data__INSTRUME, (str)):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".INSTRUME must be string")
            if isinstance(data__INSTRUME, str):
                data__INSTRUME_len = len(data__INSTRUME)
                if data__INSTRUME_len < 1:
                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".INSTRUME must be longer than or equal to 1 characters")
        if "DETECTOR" in data_keys:
            data_keys.remove("DETECTOR")
            data__DETECTOR = data["DETECTOR"]
            if not isinstance(data__DETECTOR, (int, NoneType)) and not (isinstance(data__DETECTOR, float) and data__DETECTOR.is_integer()) or isinstance(data__DETECTOR, bool):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".DETECTOR must be integer or null")
        if "FILTER" in data_keys:
            data_keys.remove("FILTER")
            data__FILTER = data["FILTER"]
            if not isinstance(data__FILTER, (str, NoneType)):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".FILTER must be string or null")
        if "CALIB_ID" in data_keys:
            data_keys.remove("CALIB_ID")
            data__CALIBID = data["CALIB_ID"]
            if not isinstance(data__CALIBID, (str, NoneType)):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".CALIB_ID must be string or null")
            if isinstance(data__CALIBID, str):
                if not REGEX_PATTERNS['^($|\\S+=)'].search(data__CALIBID):
                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".CALIB_ID must match pattern ^($|\\S+=)")
        if "CALIB_CREATION_DATE" in data_keys:
            data_keys.remove("CALIB_CREATION_DATE")
            data__CALIBCREATIONDATE = data["CALIB_CREATION_DATE"]
            if not isinstance(data__CALIBCREATIONDATE, (str)):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".CALIB_CREATION_DATE must be string")
            if isinstance(data__CALIBCREATIONDATE, str):
                if not REGEX_PATTERNS['^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ].*)?$'].search(data__CALIBCREATIONDATE):
                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".CALIB_CREATION_DATE must match pattern ^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ].*)?$")
        if "CALIB_CREATION_TIME" in data_keys:
            data_keys.remove("CALIB_CREATION_TIME")
            data__CALIBCREATIONTIME = data["CALIB_CREATION_TIME"]
            if not isinstance(data__CALIBCREATIONTIME, (str)):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".CALIB_CREATION_TIME must be string")
            if isinstance(data__CALIBCREATIONTIME, str):
                if not REGEX_PATTERNS['^[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?( ?[A-Za-z+-].*)?$'].search(data__CALIBCREATIONTIME):
                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".CALIB_CREATION_TIME must match pattern ^[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?( ?[A-Za-z+-].*)?$")
        if "CALIBDATE" in data_keys:
            data_keys.remove("CALIBDATE")
            data__CALIBDATE = data["CALIBDATE"]
            validate___definitions_header_definitions_date(data__CALIBDATE, custom_formats, (name_prefix or "data") + ".CALIBDATE")
        if "VALIDSTART" in data_keys:
            data_keys.remove("VALIDSTART")
            data__VALIDSTART = data["VALIDSTART"]
            validate___definitions_header_definitions_date_or_null(data__VALIDSTART, custom_formats, (name_prefix or "data") + ".VALIDSTART")
        if "VALIDEND" in data_keys:
            data_keys.remove("VALIDEND")
            data__VALIDEND = data["VALIDEND"]
            validate___definitions_header_definitions_date_or_null(data__VALIDEND, custom_formats, (name_prefix or "data") + ".VALIDEND")
        if "TIMESYS" in data_keys:
            data_keys.remove("TIMESYS")
            data__TIMESYS = data["TIMESYS"]
            if not (isinstance(data__TIMESYS, str) and data__TIMESYS == 'UTC'):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".TIMESYS must be one of ['UTC']")
        if "CALIBCLS" in data_keys:
            data_keys.remove("CALIBCLS")
            data__CALIBCLS = data["CALIBCLS"]
            if not isinstance(data__CALIBCLS, (str, NoneType)):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".CALIBCLS must be string or null")
            if isinstance(data__CALIBCLS, str):
                if not REGEX_PATTERNS['^($|[A-Za-z_]\\w*(\\.[A-Za-z_]\\w*)*$)'].search(data__CALIBCLS):
                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".CALIBCLS must match pattern ^($|[A-Za-z_]\\w*(\\.[A-Za-z_]\\w*)*$)")
        if "RAFTNAME" in data_keys:
            data_keys.remove("RAFTNAME")
            data__RAFTNAME = data["RAFTNAME"]
            validate___definitions_header_definitions_name(data__RAFTNAME, custom_formats, (name_prefix or "data") + ".RAFTNAME")
        if "SLOTNAME" in data_keys:
            data_keys.remove("SLOTNAME")
            data__SLOTNAME = data["SLOTNAME"]
            validate___definitions_header_definitions_name(data__SLOTNAME, custom_formats, (name_prefix or "data") + ".SLOTNAME")
        if "DET_NAME" in data_keys:
            data_keys.remove("DET_NAME")
            data__DETNAME = data["DET_NAME"]
            validate___definitions_header_definitions_name(data__DETNAME, custom_formats, (name_prefix or "data") + ".DET_NAME")
        if "DETECTOR_NAME" in data_keys:
            data_keys.remove("DETECTOR_NAME")
            data__DETECTORNAME = data["DETECTOR_NAME"]
            validate___definitions_header_definitions_name(data__DETECTORNAME, custom_formats, (name_prefix or "data") + ".DETECTOR_NAME")
        if "DET_SER" in data_keys:
            data_keys.remove("DET_SER")
            data__DETSER = data["DET_SER"]
            validate___definitions_header_definitions_serial(data__DETSER, custom_formats, (name_prefix or "data") + ".DET_SER")
        if "DETECTOR_SERIAL" in data_keys:
            data_keys.remove("DETECTOR_SERIAL")
            data__DETECTORSERIAL = data["DETECTOR_SERIAL"]
            validate___definitions_header_definitions_serial(data__DETECTORSERIAL, custom_formats, (name_prefix or "data") + ".DETECTOR_SERIAL")
        if "HISTORY" in data_keys:
            data_keys.remove("HISTORY")
            data__HISTORY = data["HISTORY"]
            if not isinstance(data__HISTORY, (list, tuple)):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".HISTORY must be array")
            data__HISTORY_is_list = isinstance(data__HISTORY, (list, tuple))
            if data__HISTORY_is_list:
                data__HISTORY_len = len(data__HISTORY)
                for data__HISTORY_x, data__HISTORY_item in enumerate(data__HISTORY):
                    if not isinstance(data__HISTORY_item, (str)):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".HISTORY[{data__HISTORY_x}]".format(**locals()) + " must be string")
        if "DEPRECATED" in data_keys:
            data_keys.remove("DEPRECATED")
            data__DEPRECATED = data["DEPRECATED"]
            if not isinstance(data__DEPRECATED, (list, tuple, str, NoneType)):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".DEPRECATED must be array or string or null")
            data__DEPRECATED_is_list = isinstance(data__DEPRECATED, (list, tuple))
            if data__DEPRECATED_is_list:
                data__DEPRECATED_len = len(data__DEPRECATED)
                for data__DEPRECATED_x, data__DEPRECATED_item in enumerate(data__DEPRECATED):
                    if not isinstance(data__DEPRECATED_item, (str)):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".DEPRECATED[{data__DEPRECATED_x}]".format(**locals()) + " must be string")
        for data_key in data_keys:
            if data_key not in ['OBSTYPE', 'INSTRUME', 'DETECTOR', 'FILTER', 'CALIB_ID', 'CALIB_CREATION_DATE', 'CALIB_CREATION_TIME', 'CALIBDATE', 'VALIDSTART', 'VALIDEND', 'TIMESYS', 'CALIBCLS', 'RAFTNAME', 'SLOTNAME', 'DET_NAME', 'DETECTOR_NAME', 'DET_SER', 'DETECTOR_SERIAL', 'HISTORY', 'DEPRECATED']:
                data_value = data.get(data_key)
                validate___definitions_header_definitions_value(data_value, custom_formats, (name_prefix or "data") + ".{data_key}".format(**locals()))
    return data

def validate___definitions_header_definitions_value(data, custom_formats={}, name_prefix=None):
    if not isinstance(data, (str, int, float, bool, NoneType, list, tuple)):
        raise JsonSchemaValueException("" + (name_prefix or "data") + " must be string or number or boolean or null or array")
    data_is_list = isinstance(data, (list, tuple))
    if data_is_list:
        data_len = len(data)
        for data_x, data_item in enumerate(data):
            if not isinstance(data_item, (str, int, float, bool, NoneType)):
                raise JsonSchemaValueException("" + (name_prefix or "data") + "[{data_x}]".format(**locals()) + " must be string or number or boolean or null")
    return data

def validate___definitions_header_definitions_serial(data, custom_formats={}, name_prefix=None):
    if not isinstance(data, (str, int, NoneType)) and not (isinstance(data, float) and data.is_integer()) or isinstance(data, bool):
        raise JsonSchemaValueException("" + (name_prefix or "data") + " must be string or integer or null")
    return data

def validate___definitions_header_definitions_name(data, custom_formats={}, name_prefix=None):
    if not isinstance(data, (str, NoneType)):
        raise JsonSchemaValueException("" + (name_prefix or "data") + " must be string or null")
    return data

def validate___definitions_header_definitions_date_or_null(data, custom_formats={}, name_prefix=None):
    if not isinstance(data, (str, NoneType)):
        raise JsonSchemaValueException("" + (name_prefix or "data") + " must be string or null")
    if isinstance(data, str):
        if not REGEX_PATTERNS['^$|^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]+)?)?)?$'].search(data):
            raise JsonSchemaValueException("" + (name_prefix or "data") + " must match pattern ^$|^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]+)?)?)?$")
    return data

def validate___definitions_header_definitions_date(data, custom_formats={}, name_prefix=None):
    if not isinstance(data, (str)):
        raise JsonSchemaValueException("" + (name_prefix or "data") + " must be string")
    if isinstance(data, str):
        if not REGEX_PATTERNS['^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]+)?)?)?$'].search(data):
            raise JsonSchemaValueException("" + (name_prefix or "data") + " must match pattern ^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]+)?)?)?$")
    return data
