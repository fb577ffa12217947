# fmt: off
# ruff: noqa
# mypy: ignore-errors
"""Made from schemas/overrides.schema.json."""
from curator.calibrations._compiled import JsonSchemaValueException, Patterns

REGEX_PATTERNS = Patterns({
    '\\S': '\\S',
})
NoneType = type(None)

def validate(data, custom_formats={}, name_prefix=None):
    if not isinstance(data, (dict)):
        raise JsonSchemaValueException("" + (name_prefix or "data") + " must be object")
    data_is_dict = isinstance(data, dict)
    if data_is_dict:
        data__missing_keys = set(['schema_version', 'overrides']) - data.keys()
        if data__missing_keys:
            raise JsonSchemaValueException("" + (name_prefix or "data") + " must contain " + (str(sorted(data__missing_keys)) + " properties"))
        data_keys = set(data.keys())
        if "schema_version" in data_keys:
            data_keys.remove("schema_version")
            data__schemaversion = data["schema_version"]
            if not isinstance(data__schemaversion, (int)) and not (isinstance(data__schemaversion, float) and data__schemaversion.is_integer()) or isinstance(data__schemaversion, bool):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".schema_version must be integer")
            if not (isinstance(data__schemaversion, (int, float)) and not isinstance(data__schemaversion, bool) and data__schemaversion == 1):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".schema_version must be same as const definition: 1")
        if "overrides" in data_keys:
            data_keys.remove("overrides")
            data__overrides = data["overrides"]
            if not isinstance(data__overrides, (list, tuple)):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".overrides must be array")
            data__overrides_is_list = isinstance(data__overrides, (list, tuple))
            if data__overrides_is_list:
                data__overrides_len = len(data__overrides)
                if data__overrides_len > 10000:
                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".overrides must contain less than or equal to 10000 items")
                for data__overrides_x, data__overrides_item in enumerate(data__overrides):
                    if not isinstance(data__overrides_item, (dict)):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".overrides[{data__overrides_x}]".format(**locals()) + " must be object")
                    data__overrides_item_is_dict = isinstance(data__overrides_item, dict)
                    if data__overrides_item_is_dict:
                        data__overrides_item__missing_keys = set(['dataset_type', 'calibration', 'reason']) - data__overrides_item.keys()
                        if data__overrides_item__missing_keys:
                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".overrides[{data__overrides_x}]".format(**locals()) + " must contain " + (str(sorted(data__overrides_item__missing_keys)) + " properties"))
                        data__overrides_item_keys = set(data__overrides_item.keys())
                        if "dataset_type" in data__overrides_item_keys:
                            data__overrides_item_keys.remove("dataset_type")
                            data__overrides_item__datasettype = data__overrides_item["dataset_type"]
                            if not isinstance(data__overrides_item__datasettype, (str)):
                                raise JsonSchemaValueException("" + (name_prefix or "data") + ".overrides[{data__overrides_x}].dataset_type".format(**locals()) + " must be string")
                            if isinstance(data__overrides_item__datasettype, str):
                                data__overrides_item__datasettype_len = len(data__overrides_item__datasettype)
                                if data__overrides_item__datasettype_len < 1:
                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".overrides[{data__overrides_x}].dataset_type".format(**locals()) + " must be longer than or equal to 1 characters")
                                if data__overrides_item__datasettype_len > 200:
                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".overrides[{data__overrides_x}].dataset_type".format(**locals()) + " must be shorter than or equal to 200 characters")
                        if "camera" in data__overrides_item_keys:
                            data__overrides_item_keys.remove("camera")
                            data__overrides_item__camera = data__overrides_item["camera"]
                            if not isinstance(data__overrides_item__camera, (str)):
                                raise JsonSchemaValueException("" + (name_prefix or "data") + ".overrides[{data__overrides_x}].camera".format(**locals()) + " must be string")
                            if isinstance(data__overrides_item__camera, str):
                                data__overrides_item__camera_len = len(data__overrides_item__camera)
                                if data__overrides_item__camera_len < 1:
                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".overrides[{data__overrides_x}].camera".format(**locals()) + " must be longer than or equal to 1 characters")
                                if data__overrides_item__camera_len > 200:
                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".overrides[{data__overrides_x}].camera".format(**locals()) + " must be shorter than or equal to 200 characters")
                        if "detector" in data__overrides_item_keys:
                            data__overrides_item_keys.remove("detector")
                            data__overrides_item__detector = data__overrides_item["detector"]
                            if not isinstance(data__overrides_item__detector, (str, int)) and not (isinstance(data__overrides_item__detector, float) and data__overrides_item__detector.is_integer()) or isinstance(data__overrides_item__detector, bool):
                                raise JsonSchemaValueException("" + (name_prefix or "data") + ".overrides[{data__overrides_x}].detector".format(**locals()) + " must be string or integer")
                            if isinstance(data__overrides_item__detector, str):
                                data__overrides_item__detector_len = len(data__overrides_item__detector)
                                if data__overrides_item__detector_len < 1:
                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".overrides[{data__overrides_x}].detector".format(**locals()) + " must be longer than or equal to 1 characters")
                                if data__overrides_item__detector_len > 200:
                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".overrides[{data__overrides_x}].detector".format(**locals()) + " must be shorter than or equal to 200 characters")
                        if "filter" in data__overrides_item_keys:
                            data__overrides_item_keys.remove("filter")
                            data__overrides_item__filter = data__overrides_item["filter"]
                            if not isinstance(data__overrides_item__filter, (str)):
                                raise JsonSchemaValueException("" + (name_prefix or "data") + ".overrides[{data__overrides_x}].filter".format(**locals()) + " must be string")
                            if isinstance(data__overrides_item__filter, str):
                                data__overrides_item__filter_len = len(data__overrides_item__filter)
                                if data__overrides_item__filter_len < 1:
                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".overrides[{data__overrides_x}].filter".format(**locals()) + " must be longer than or equal to 1 characters")
                                if data__overrides_item__filter_len > 200:
                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".overrides[{data__overrides_x}].filter".format(**locals()) + " must be shorter than or equal to 200 characters")
                        if "begin" in data__overrides_item_keys:
                            data__overrides_item_keys.remove("begin")
                            data__overrides_item__begin = data__overrides_item["begin"]
                            try:
                                if not isinstance(data__overrides_item__begin, (int, float, bool, list, tuple, dict)):
                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".overrides[{data__overrides_x}].begin".format(**locals()) + " must be number or boolean or array or object")
                            except JsonSchemaValueException: pass
                            else:
                                raise JsonSchemaValueException("" + (name_prefix or "data") + ".overrides[{data__overrides_x}].begin".format(**locals()) + " must NOT match a disallowed definition")
                            if isinstance(data__overrides_item__begin, str):
                                data__overrides_item__begin_len = len(data__overrides_item__begin)
                                if data__overrides_item__begin_len > 40:
                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".overrides[{data__overrides_x}].begin".format(**locals()) + " must be shorter than or equal to 40 characters")
                        if "end" in data__overrides_item_keys:
                            data__overrides_item_keys.remove("end")
                            data__overrides_item__end = data__overrides_item["end"]
                            try:
                                if not isinstance(data__overrides_item__end, (int, float, bool, list, tuple, dict)):
                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".overrides[{data__overrides_x}].end".format(**locals()) + " must be number or boolean or array or object")
                            except JsonSchemaValueException: pass
                            else:
                                raise JsonSchemaValueException("" + (name_prefix or "data") + ".overrides[{data__overrides_x}].end".format(**locals()) + " must NOT match a disallowed definition")
                            if isinstance(data__overrides_item__end, str):
                                data__overrides_item__end_len = len(data__overrides_item__end)
                                if data__overrides_item__end_len > 40:
                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".overrides[{data__overrides_x}].end".format(**locals()) + " must be shorter than or equal to 40 characters")
                        if "calibration" in data__overrides_item_keys:
                            data__overrides_item_keys.remove("calibration")
                            data__overrides_item__calibration = data__overrides_item["calibration"]
                            if not isinstance(data__overrides_item__calibration, (str)):
                                raise JsonSchemaValueException("" + (name_prefix or "data") + ".overrides[{data__overrides_x}].calibration".format(**locals()) + " must be string")
                            if isinstance(data__overrides_item__calibration, str):
                                data__overrides_item__calibration_len = len(data__overrides_item__calibration)
                                if data__overrides_item__calibration_len < 1:
                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".overrides[{data__overrides_x}].calibration".format(**locals()) + " must be longer than or equal to 1 characters")
                                if data__overrides_item__calibration_len > 1000:
                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".overrides[{data__overrides_x}].calibration".format(**locals()) + " must be shorter than or equal to 1000 characters")
                        if "reason" in data__overrides_item_keys:
                            data__overrides_item_keys.remove("reason")
                            data__overrides_item__reason = data__overrides_item["reason"]
                            if not isinstance(data__overrides_item__reason, (str)):
                                raise JsonSchemaValueException("" + (name_prefix or "data") + ".overrides[{data__overrides_x}].reason".format(**locals()) + " must be string")
                            if isinstance(data__overrides_item__reason, str):
                                data__overrides_item__reason_len = len(data__overrides_item__reason)
                                if data__overrides_item__reason_len > 1000:
                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".overrides[{data__overrides_x}].reason".format(**locals()) + " must be shorter than or equal to 1000 characters")
                                if not REGEX_PATTERNS['\\S'].search(data__overrides_item__reason):
                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".overrides[{data__overrides_x}].reason".format(**locals()) + " must match pattern \\S")
                        if data__overrides_item_keys:
                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".overrides[{data__overrides_x}]".format(**locals()) + " must not contain "+str(data__overrides_item_keys)+" properties")
        if data_keys:
            raise JsonSchemaValueException("" + (name_prefix or "data") + " must not contain "+str(data_keys)+" properties")
    return data
