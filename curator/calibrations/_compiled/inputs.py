# fmt: off
# ruff: noqa
# mypy: ignore-errors
"""Made from schemas/inputs.schema.json."""
from curator.calibrations._compiled import JsonSchemaValueException, Patterns

REGEX_PATTERNS = Patterns({
    '^[0-9a-f]{64}$': '^[0-9a-f]{64}\\Z',
    '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?$': '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?\\Z',
})
NoneType = type(None)

def validate(data, custom_formats={}, name_prefix=None):
    if not isinstance(data, (dict)):
        raise JsonSchemaValueException("" + (name_prefix or "data") + " must be object")
    data_is_dict = isinstance(data, dict)
    if data_is_dict:
        data__missing_keys = set(['schema_version', 'source']) - data.keys()
        if data__missing_keys:
            raise JsonSchemaValueException("" + (name_prefix or "data") + " must contain " + (str(sorted(data__missing_keys)) + " properties"))
        data_keys = set(data.keys())
        if "schema_version" in data_keys:
            data_keys.remove("schema_version")
            data__schemaversion = data["schema_version"]
            if not (isinstance(data__schemaversion, (int, float)) and not isinstance(data__schemaversion, bool) and data__schemaversion == 1):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".schema_version must be one of [1]")
        if "source" in data_keys:
            data_keys.remove("source")
            data__source = data["source"]
            if not isinstance(data__source, (dict)):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".source must be object")
            data__source_is_dict = isinstance(data__source, dict)
            if data__source_is_dict:
                data__source__missing_keys = set(['file', 'sha256', 'content']) - data__source.keys()
                if data__source__missing_keys:
                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".source must contain " + (str(sorted(data__source__missing_keys)) + " properties"))
                data__source_keys = set(data__source.keys())
                if "file" in data__source_keys:
                    data__source_keys.remove("file")
                    data__source__file = data__source["file"]
                    if not isinstance(data__source__file, (str)):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".source.file must be string")
                    if isinstance(data__source__file, str):
                        data__source__file_len = len(data__source__file)
                        if data__source__file_len < 1:
                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".source.file must be longer than or equal to 1 characters")
                if "sha256" in data__source_keys:
                    data__source_keys.remove("sha256")
                    data__source__sha256 = data__source["sha256"]
                    if not isinstance(data__source__sha256, (str)):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".source.sha256 must be string")
                    if isinstance(data__source__sha256, str):
                        if not REGEX_PATTERNS['^[0-9a-f]{64}$'].search(data__source__sha256):
                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".source.sha256 must match pattern ^[0-9a-f]{64}$")
                if "content" in data__source_keys:
                    data__source_keys.remove("content")
                    data__source__content = data__source["content"]
                    if not isinstance(data__source__content, (str)):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".source.content must be string")
                    if isinstance(data__source__content, str):
                        if not REGEX_PATTERNS['^[0-9a-f]{64}$'].search(data__source__content):
                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".source.content must match pattern ^[0-9a-f]{64}$")
                if "registry" in data__source_keys:
                    data__source_keys.remove("registry")
                    data__source__registry = data__source["registry"]
                    if not isinstance(data__source__registry, (str)):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".source.registry must be string")
                    if isinstance(data__source__registry, str):
                        data__source__registry_len = len(data__source__registry)
                        if data__source__registry_len < 1:
                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".source.registry must be longer than or equal to 1 characters")
                if "collection" in data__source_keys:
                    data__source_keys.remove("collection")
                    data__source__collection = data__source["collection"]
                    if not isinstance(data__source__collection, (str)):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".source.collection must be string")
                    if isinstance(data__source__collection, str):
                        data__source__collection_len = len(data__source__collection)
                        if data__source__collection_len < 1:
                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".source.collection must be longer than or equal to 1 characters")
                if "run" in data__source_keys:
                    data__source_keys.remove("run")
                    data__source__run = data__source["run"]
                    if not isinstance(data__source__run, (str)):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".source.run must be string")
                    if isinstance(data__source__run, str):
                        data__source__run_len = len(data__source__run)
                        if data__source__run_len < 1:
                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".source.run must be longer than or equal to 1 characters")
                if "dataset" in data__source_keys:
                    data__source_keys.remove("dataset")
                    data__source__dataset = data__source["dataset"]
                    if not isinstance(data__source__dataset, (str)):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".source.dataset must be string")
                    if isinstance(data__source__dataset, str):
                        data__source__dataset_len = len(data__source__dataset)
                        if data__source__dataset_len < 1:
                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".source.dataset must be longer than or equal to 1 characters")
                if "dataset_type" in data__source_keys:
                    data__source_keys.remove("dataset_type")
                    data__source__datasettype = data__source["dataset_type"]
                    if not isinstance(data__source__datasettype, (str)):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".source.dataset_type must be string")
                    if isinstance(data__source__datasettype, str):
                        data__source__datasettype_len = len(data__source__datasettype)
                        if data__source__datasettype_len < 1:
                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".source.dataset_type must be longer than or equal to 1 characters")
                if "repository" in data__source_keys:
                    data__source_keys.remove("repository")
                    data__source__repository = data__source["repository"]
                    if not isinstance(data__source__repository, (str)):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".source.repository must be string")
                    if isinstance(data__source__repository, str):
                        data__source__repository_len = len(data__source__repository)
                        if data__source__repository_len < 1:
                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".source.repository must be longer than or equal to 1 characters")
                if "path" in data__source_keys:
                    data__source_keys.remove("path")
                    data__source__path = data__source["path"]
                    if not isinstance(data__source__path, (str)):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".source.path must be string")
                    if isinstance(data__source__path, str):
                        data__source__path_len = len(data__source__path)
                        if data__source__path_len < 1:
                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".source.path must be longer than or equal to 1 characters")
                if "commit" in data__source_keys:
                    data__source_keys.remove("commit")
                    data__source__commit = data__source["commit"]
                    if not isinstance(data__source__commit, (str)):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".source.commit must be string")
                    if isinstance(data__source__commit, str):
                        data__source__commit_len = len(data__source__commit)
                        if data__source__commit_len < 1:
                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".source.commit must be longer than or equal to 1 characters")
                if "quantum" in data__source_keys:
                    data__source_keys.remove("quantum")
                    data__source__quantum = data__source["quantum"]
                    if not isinstance(data__source__quantum, (str)):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".source.quantum must be string")
                    if isinstance(data__source__quantum, str):
                        data__source__quantum_len = len(data__source__quantum)
                        if data__source__quantum_len < 1:
                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".source.quantum must be longer than or equal to 1 characters")
                if data__source_keys:
                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".source must not contain "+str(data__source_keys)+" properties")
        if "validity" in data_keys:
            data_keys.remove("validity")
            data__validity = data["validity"]
            if not isinstance(data__validity, (dict, NoneType)):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".validity must be object or null")
            data__validity_is_dict = isinstance(data__validity, dict)
            if data__validity_is_dict:
                data__validity__missing_keys = set(['start', 'end']) - data__validity.keys()
                if data__validity__missing_keys:
                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".validity must contain " + (str(sorted(data__validity__missing_keys)) + " properties"))
                data__validity_keys = set(data__validity.keys())
                if "start" in data__validity_keys:
                    data__validity_keys.remove("start")
                    data__validity__start = data__validity["start"]
                    if not isinstance(data__validity__start, (str, NoneType)):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".validity.start must be string or null")
                    if isinstance(data__validity__start, str):
                        if not REGEX_PATTERNS['^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?$'].search(data__validity__start):
                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".validity.start must match pattern ^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?$")
                if "end" in data__validity_keys:
                    data__validity_keys.remove("end")
                    data__validity__end = data__validity["end"]
                    if not isinstance(data__validity__end, (str, NoneType)):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".validity.end must be string or null")
                    if isinstance(data__validity__end, str):
                        if not REGEX_PATTERNS['^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?$'].search(data__validity__end):
                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".validity.end must match pattern ^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?$")
                if data__validity_keys:
                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".validity must not contain "+str(data__validity_keys)+" properties")
        if "inputs" in data_keys:
            data_keys.remove("inputs")
            data__inputs = data["inputs"]
            if not isinstance(data__inputs, (list, tuple)):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".inputs must be array")
            data__inputs_is_list = isinstance(data__inputs, (list, tuple))
            if data__inputs_is_list:
                data__inputs_len = len(data__inputs)
                for data__inputs_x, data__inputs_item in enumerate(data__inputs):
                    if not isinstance(data__inputs_item, (dict)):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".inputs[{data__inputs_x}]".format(**locals()) + " must be object")
                    data__inputs_item_is_dict = isinstance(data__inputs_item, dict)
                    if data__inputs_item_is_dict:
                        data__inputs_item_keys = set(data__inputs_item.keys())
                        for data__inputs_item_key in data__inputs_item_keys:
                            if data__inputs_item_key not in []:
                                data__inputs_item_value = data__inputs_item.get(data__inputs_item_key)
                                if not isinstance(data__inputs_item_value, (str, int, float, int, bool, NoneType)) and not (isinstance(data__inputs_item_value, float) and data__inputs_item_value.is_integer()):
                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".inputs[{data__inputs_x}].{data__inputs_item_key}".format(**locals()) + " must be string or number or integer or boolean or null")
        if "n_inputs" in data_keys:
            data_keys.remove("n_inputs")
            data__ninputs = data["n_inputs"]
            if not isinstance(data__ninputs, (int)) and not (isinstance(data__ninputs, float) and data__ninputs.is_integer()) or isinstance(data__ninputs, bool):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".n_inputs must be integer")
            if isinstance(data__ninputs, (int, float)) and not isinstance(data__ninputs, bool):
                if data__ninputs < 0:
                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".n_inputs must be bigger than or equal to 0")
        if "software" in data_keys:
            data_keys.remove("software")
            data__software = data["software"]
            if not isinstance(data__software, (dict)):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".software must be object")
            data__software_is_dict = isinstance(data__software, dict)
            if data__software_is_dict:
                data__software_keys = set(data__software.keys())
                for data__software_key in data__software_keys:
                    if data__software_key not in []:
                        data__software_value = data__software.get(data__software_key)
                        if not isinstance(data__software_value, (str)):
                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".software.{data__software_key}".format(**locals()) + " must be string")
        if "pipeline" in data_keys:
            data_keys.remove("pipeline")
            data__pipeline = data["pipeline"]
            if not isinstance(data__pipeline, (list, tuple)):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".pipeline must be array")
            data__pipeline_is_list = isinstance(data__pipeline, (list, tuple))
            if data__pipeline_is_list:
                data__pipeline_len = len(data__pipeline)
                for data__pipeline_x, data__pipeline_item in enumerate(data__pipeline):
                    if not isinstance(data__pipeline_item, (dict)):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".pipeline[{data__pipeline_x}]".format(**locals()) + " must be object")
                    data__pipeline_item_is_dict = isinstance(data__pipeline_item, dict)
                    if data__pipeline_item_is_dict:
                        data__pipeline_item__missing_keys = set(['dataset_type']) - data__pipeline_item.keys()
                        if data__pipeline_item__missing_keys:
                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".pipeline[{data__pipeline_x}]".format(**locals()) + " must contain " + (str(sorted(data__pipeline_item__missing_keys)) + " properties"))
                        data__pipeline_item_keys = set(data__pipeline_item.keys())
                        if "dataset_type" in data__pipeline_item_keys:
                            data__pipeline_item_keys.remove("dataset_type")
                            data__pipeline_item__datasettype = data__pipeline_item["dataset_type"]
                            if not isinstance(data__pipeline_item__datasettype, (str)):
                                raise JsonSchemaValueException("" + (name_prefix or "data") + ".pipeline[{data__pipeline_x}].dataset_type".format(**locals()) + " must be string")
                            if isinstance(data__pipeline_item__datasettype, str):
                                data__pipeline_item__datasettype_len = len(data__pipeline_item__datasettype)
                                if data__pipeline_item__datasettype_len < 1:
                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".pipeline[{data__pipeline_x}].dataset_type".format(**locals()) + " must be longer than or equal to 1 characters")
                        if "dataset" in data__pipeline_item_keys:
                            data__pipeline_item_keys.remove("dataset")
                            data__pipeline_item__dataset = data__pipeline_item["dataset"]
                            if not isinstance(data__pipeline_item__dataset, (str)):
                                raise JsonSchemaValueException("" + (name_prefix or "data") + ".pipeline[{data__pipeline_x}].dataset".format(**locals()) + " must be string")
                            if isinstance(data__pipeline_item__dataset, str):
                                data__pipeline_item__dataset_len = len(data__pipeline_item__dataset)
                                if data__pipeline_item__dataset_len < 1:
                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".pipeline[{data__pipeline_x}].dataset".format(**locals()) + " must be longer than or equal to 1 characters")
                        if "file" in data__pipeline_item_keys:
                            data__pipeline_item_keys.remove("file")
                            data__pipeline_item__file = data__pipeline_item["file"]
                            if not isinstance(data__pipeline_item__file, (str)):
                                raise JsonSchemaValueException("" + (name_prefix or "data") + ".pipeline[{data__pipeline_x}].file".format(**locals()) + " must be string")
                            if isinstance(data__pipeline_item__file, str):
                                data__pipeline_item__file_len = len(data__pipeline_item__file)
                                if data__pipeline_item__file_len < 1:
                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".pipeline[{data__pipeline_x}].file".format(**locals()) + " must be longer than or equal to 1 characters")
                        if "sha256" in data__pipeline_item_keys:
                            data__pipeline_item_keys.remove("sha256")
                            data__pipeline_item__sha256 = data__pipeline_item["sha256"]
                            if not isinstance(data__pipeline_item__sha256, (str)):
                                raise JsonSchemaValueException("" + (name_prefix or "data") + ".pipeline[{data__pipeline_x}].sha256".format(**locals()) + " must be string")
                            if isinstance(data__pipeline_item__sha256, str):
                                if not REGEX_PATTERNS['^[0-9a-f]{64}$'].search(data__pipeline_item__sha256):
                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".pipeline[{data__pipeline_x}].sha256".format(**locals()) + " must match pattern ^[0-9a-f]{64}$")
                        if "text" in data__pipeline_item_keys:
                            data__pipeline_item_keys.remove("text")
                            data__pipeline_item__text = data__pipeline_item["text"]
                            if not isinstance(data__pipeline_item__text, (str)):
                                raise JsonSchemaValueException("" + (name_prefix or "data") + ".pipeline[{data__pipeline_x}].text".format(**locals()) + " must be string")
                        if data__pipeline_item_keys:
                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".pipeline[{data__pipeline_x}]".format(**locals()) + " must not contain "+str(data__pipeline_item_keys)+" properties")
        if "header" in data_keys:
            data_keys.remove("header")
            data__header = data["header"]
            if not isinstance(data__header, (dict)):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".header must be object")
            data__header_is_dict = isinstance(data__header, dict)
            if data__header_is_dict:
                data__header_keys = set(data__header.keys())
                if "added" in data__header_keys:
                    data__header_keys.remove("added")
                    data__header__added = data__header["added"]
                    if not isinstance(data__header__added, (list, tuple)):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".header.added must be array")
                    data__header__added_is_list = isinstance(data__header__added, (list, tuple))
                    if data__header__added_is_list:
                        data__header__added_len = len(data__header__added)
                        for data__header__added_x, data__header__added_item in enumerate(data__header__added):
                            if not isinstance(data__header__added_item, (str)):
                                raise JsonSchemaValueException("" + (name_prefix or "data") + ".header.added[{data__header__added_x}]".format(**locals()) + " must be string")
                            if isinstance(data__header__added_item, str):
                                data__header__added_item_len = len(data__header__added_item)
                                if data__header__added_item_len < 1:
                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".header.added[{data__header__added_x}]".format(**locals()) + " must be longer than or equal to 1 characters")
                if "changed" in data__header_keys:
                    data__header_keys.remove("changed")
                    data__header__changed = data__header["changed"]
                    if not isinstance(data__header__changed, (dict)):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".header.changed must be object")
                    data__header__changed_is_dict = isinstance(data__header__changed, dict)
                    if data__header__changed_is_dict:
                        data__header__changed_keys = set(data__header__changed.keys())
                        for data__header__changed_key in data__header__changed_keys:
                            if data__header__changed_key not in []:
                                data__header__changed_value = data__header__changed.get(data__header__changed_key)
                                data__header__changed_value_any_of_count1 = 0
                                if not data__header__changed_value_any_of_count1:
                                    try:
                                        if not isinstance(data__header__changed_value, (str, int, float, int, bool, NoneType)) and not (isinstance(data__header__changed_value, float) and data__header__changed_value.is_integer()):
                                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".header.changed.{data__header__changed_key}".format(**locals()) + " must be string or number or integer or boolean or null")
                                        data__header__changed_value_any_of_count1 += 1
                                    except JsonSchemaValueException: pass
                                if not data__header__changed_value_any_of_count1:
                                    try:
                                        if not isinstance(data__header__changed_value, (list, tuple)):
                                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".header.changed.{data__header__changed_key}".format(**locals()) + " must be array")
                                        data__header__changed_value_is_list = isinstance(data__header__changed_value, (list, tuple))
                                        if data__header__changed_value_is_list:
                                            data__header__changed_value_len = len(data__header__changed_value)
                                            for data__header__changed_value_x, data__header__changed_value_item in enumerate(data__header__changed_value):
                                                if not isinstance(data__header__changed_value_item, (str, int, float, int, bool, NoneType)) and not (isinstance(data__header__changed_value_item, float) and data__header__changed_value_item.is_integer()):
                                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".header.changed.{data__header__changed_key}[{data__header__changed_value_x}]".format(**locals()) + " must be string or number or integer or boolean or null")
                                        data__header__changed_value_any_of_count1 += 1
                                    except JsonSchemaValueException: pass
                                if not data__header__changed_value_any_of_count1:
                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".header.changed.{data__header__changed_key}".format(**locals()) + " cannot be validated by any definition")
                if "left_out" in data__header_keys:
                    data__header_keys.remove("left_out")
                    data__header__leftout = data__header["left_out"]
                    if not isinstance(data__header__leftout, (dict)):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".header.left_out must be object")
                    data__header__leftout_is_dict = isinstance(data__header__leftout, dict)
                    if data__header__leftout_is_dict:
                        data__header__leftout_keys = set(data__header__leftout.keys())
                        for data__header__leftout_key in data__header__leftout_keys:
                            if data__header__leftout_key not in []:
                                data__header__leftout_value = data__header__leftout.get(data__header__leftout_key)
                                data__header__leftout_value_any_of_count2 = 0
                                if not data__header__leftout_value_any_of_count2:
                                    try:
                                        if not isinstance(data__header__leftout_value, (str, int, float, int, bool, NoneType)) and not (isinstance(data__header__leftout_value, float) and data__header__leftout_value.is_integer()):
                                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".header.left_out.{data__header__leftout_key}".format(**locals()) + " must be string or number or integer or boolean or null")
                                        data__header__leftout_value_any_of_count2 += 1
                                    except JsonSchemaValueException: pass
                                if not data__header__leftout_value_any_of_count2:
                                    try:
                                        if not isinstance(data__header__leftout_value, (list, tuple)):
                                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".header.left_out.{data__header__leftout_key}".format(**locals()) + " must be array")
                                        data__header__leftout_value_is_list = isinstance(data__header__leftout_value, (list, tuple))
                                        if data__header__leftout_value_is_list:
                                            data__header__leftout_value_len = len(data__header__leftout_value)
                                            for data__header__leftout_value_x, data__header__leftout_value_item in enumerate(data__header__leftout_value):
                                                if not isinstance(data__header__leftout_value_item, (str, int, float, int, bool, NoneType)) and not (isinstance(data__header__leftout_value_item, float) and data__header__leftout_value_item.is_integer()):
                                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".header.left_out.{data__header__leftout_key}[{data__header__leftout_value_x}]".format(**locals()) + " must be string or number or integer or boolean or null")
                                        data__header__leftout_value_any_of_count2 += 1
                                    except JsonSchemaValueException: pass
                                if not data__header__leftout_value_any_of_count2:
                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".header.left_out.{data__header__leftout_key}".format(**locals()) + " cannot be validated by any definition")
                if data__header_keys:
                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".header must not contain "+str(data__header_keys)+" properties")
        if "columns" in data_keys:
            data_keys.remove("columns")
            data__columns = data["columns"]
            if not isinstance(data__columns, (dict)):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".columns must be object")
            data__columns_is_dict = isinstance(data__columns, dict)
            if data__columns_is_dict:
                data__columns_keys = set(data__columns.keys())
                for data__columns_key in data__columns_keys:
                    if data__columns_key not in []:
                        data__columns_value = data__columns.get(data__columns_key)
                        if not isinstance(data__columns_value, (str)):
                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".columns.{data__columns_key}".format(**locals()) + " must be string")
                        if isinstance(data__columns_value, str):
                            data__columns_value_len = len(data__columns_value)
                            if data__columns_value_len < 1:
                                raise JsonSchemaValueException("" + (name_prefix or "data") + ".columns.{data__columns_key}".format(**locals()) + " must be longer than or equal to 1 characters")
        if data_keys:
            raise JsonSchemaValueException("" + (name_prefix or "data") + " must not contain "+str(data_keys)+" properties")
    return data
