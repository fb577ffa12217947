# fmt: off
# ruff: noqa
# mypy: ignore-errors
"""Made from schemas/config.schema.json."""
from curator.calibrations._compiled import JsonSchemaValueException, Patterns

REGEX_PATTERNS = Patterns({
    '^\\S([^\\x00-\\x1f]*\\S)?$': '^\\S([^\\x00-\\x1f]*\\S)?\\Z',
    '^[^/\\\\\\x00-\\x1f]+$': '^[^/\\\\\\x00-\\x1f]+\\Z',
    '^[^/\\\\\\x00-\\x1f]+(/[^/\\\\\\x00-\\x1f]+)*$': '^[^/\\\\\\x00-\\x1f]+(/[^/\\\\\\x00-\\x1f]+)*\\Z',
    '^(@@?[A-Za-z0-9][A-Za-z0-9_.-]*(/[A-Za-z0-9][A-Za-z0-9_.-]*)*|[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+)$': '^(@@?[A-Za-z0-9][A-Za-z0-9_.-]*(/[A-Za-z0-9][A-Za-z0-9_.-]*)*|[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+)\\Z',
    '^CUR[0-9]{3}$': '^CUR[0-9]{3}\\Z',
    '\\S': '\\S',
    '^[0-9]{4}-[0-9]{2}-[0-9]{2}$': '^[0-9]{4}-[0-9]{2}-[0-9]{2}\\Z',
    '^(?!(.*/)?\\.{1,2}(/|$))(?!(.*/)?\\.[gG][iI][tT](/|$))[^/\\\\\\x00-\\x1f\\x7f]+(/[^/\\\\\\x00-\\x1f\\x7f]+)*$': '^(?!(.*/)?\\.{1,2}(/|\\Z))(?!(.*/)?\\.[gG][iI][tT](/|\\Z))[^/\\\\\\x00-\\x1f\\x7f]+(/[^/\\\\\\x00-\\x1f\\x7f]+)*\\Z',
    '^[^\\s~^:?*\\[\\\\-][^\\s~^:?*\\[\\\\]*$': '^[^\\s~^:?*\\[\\\\-][^\\s~^:?*\\[\\\\]*\\Z',
    '^([^{}\\x00-\\x1f\\x7f]|\\{(detector(:0?[1-9]d)?|detector_name|filter|band|instrument|digest)\\})*$': '^([^{}\\x00-\\x1f\\x7f]|\\{(detector(:0?[1-9]d)?|detector_name|filter|band|instrument|digest)\\})*\\Z',
    '^(?![cC][uU][rR][aA][tT][oO][rR]_|[sS][qQ][lL][iI][tT][eE]_)[A-Za-z_][A-Za-z0-9_]{0,62}$': '^(?![cC][uU][rR][aA][tT][oO][rR]_|[sS][qQ][lL][iI][tT][eE]_)[A-Za-z_][A-Za-z0-9_]{0,62}\\Z',
    '^(?!(.*/)?(\\.|/))([A-Za-z0-9_+,=@~./-]|\\{(detector(:0?[1-9]d)?|detector_name|filter|band|instrument|digest|calibDate|type)\\})*\\.fits$': '^(?!(.*/)?(\\.|/))([A-Za-z0-9_+,=@~./-]|\\{(detector(:0?[1-9]d)?|detector_name|filter|band|instrument|digest|calibDate|type)\\})*\\.fits\\Z',
})
NoneType = type(None)

def validate(data, custom_formats={}, name_prefix=None):
    if not isinstance(data, (dict)):
        raise JsonSchemaValueException("" + (name_prefix or "data") + " must be object")
    data_is_dict = isinstance(data, dict)
    if data_is_dict:
        data__missing_keys = set(['schema_version', 'repository', 'profile', 'cameras']) - data.keys()
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
        if "repository" in data_keys:
            data_keys.remove("repository")
            data__repository = data["repository"]
            if not isinstance(data__repository, (str)):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".repository must be string")
            if isinstance(data__repository, str):
                data__repository_len = len(data__repository)
                if data__repository_len < 1:
                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".repository must be longer than or equal to 1 characters")
                if data__repository_len > 200:
                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".repository must be shorter than or equal to 200 characters")
                if not REGEX_PATTERNS['^\\S([^\\x00-\\x1f]*\\S)?$'].search(data__repository):
                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".repository must match pattern ^\\S([^\\x00-\\x1f]*\\S)?$")
        if "profile" in data_keys:
            data_keys.remove("profile")
            data__profile = data["profile"]
            if not (isinstance(data__profile, str) and data__profile == 'dmtn148' or isinstance(data__profile, str) and data__profile == 'obs_base'):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".profile must be one of ['dmtn148', 'obs_base']")
        if "cameras" in data_keys:
            data_keys.remove("cameras")
            data__cameras = data["cameras"]
            if not isinstance(data__cameras, (list, tuple)):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".cameras must be array")
            data__cameras_is_list = isinstance(data__cameras, (list, tuple))
            if data__cameras_is_list:
                data__cameras_len = len(data__cameras)
                if data__cameras_len < 1:
                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".cameras must contain at least 1 items")
                for data__cameras_x, data__cameras_item in enumerate(data__cameras):
                    if not isinstance(data__cameras_item, (str, dict)):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".cameras[{data__cameras_x}]".format(**locals()) + " must be string or object")
                    if isinstance(data__cameras_item, str):
                        data__cameras_item_len = len(data__cameras_item)
                        if data__cameras_item_len < 1:
                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".cameras[{data__cameras_x}]".format(**locals()) + " must be longer than or equal to 1 characters")
                        if not REGEX_PATTERNS['^[^/\\\\\\x00-\\x1f]+$'].search(data__cameras_item):
                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".cameras[{data__cameras_x}]".format(**locals()) + " must match pattern ^[^/\\\\\\x00-\\x1f]+$")
                    data__cameras_item_is_dict = isinstance(data__cameras_item, dict)
                    if data__cameras_item_is_dict:
                        data__cameras_item__missing_keys = set(['name']) - data__cameras_item.keys()
                        if data__cameras_item__missing_keys:
                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".cameras[{data__cameras_x}]".format(**locals()) + " must contain " + (str(sorted(data__cameras_item__missing_keys)) + " properties"))
                        data__cameras_item_keys = set(data__cameras_item.keys())
                        if "name" in data__cameras_item_keys:
                            data__cameras_item_keys.remove("name")
                            data__cameras_item__name = data__cameras_item["name"]
                            if not isinstance(data__cameras_item__name, (str)):
                                raise JsonSchemaValueException("" + (name_prefix or "data") + ".cameras[{data__cameras_x}].name".format(**locals()) + " must be string")
                            if isinstance(data__cameras_item__name, str):
                                data__cameras_item__name_len = len(data__cameras_item__name)
                                if data__cameras_item__name_len < 1:
                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".cameras[{data__cameras_x}].name".format(**locals()) + " must be longer than or equal to 1 characters")
                                if not REGEX_PATTERNS['^[^/\\\\\\x00-\\x1f]+$'].search(data__cameras_item__name):
                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".cameras[{data__cameras_x}].name".format(**locals()) + " must match pattern ^[^/\\\\\\x00-\\x1f]+$")
                        if "directory" in data__cameras_item_keys:
                            data__cameras_item_keys.remove("directory")
                            data__cameras_item__directory = data__cameras_item["directory"]
                            if not isinstance(data__cameras_item__directory, (str)):
                                raise JsonSchemaValueException("" + (name_prefix or "data") + ".cameras[{data__cameras_x}].directory".format(**locals()) + " must be string")
                            if isinstance(data__cameras_item__directory, str):
                                data__cameras_item__directory_len = len(data__cameras_item__directory)
                                if data__cameras_item__directory_len < 1:
                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".cameras[{data__cameras_x}].directory".format(**locals()) + " must be longer than or equal to 1 characters")
                                if not REGEX_PATTERNS['^[^/\\\\\\x00-\\x1f]+(/[^/\\\\\\x00-\\x1f]+)*$'].search(data__cameras_item__directory):
                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".cameras[{data__cameras_x}].directory".format(**locals()) + " must match pattern ^[^/\\\\\\x00-\\x1f]+(/[^/\\\\\\x00-\\x1f]+)*$")
                        if "editors" in data__cameras_item_keys:
                            data__cameras_item_keys.remove("editors")
                            data__cameras_item__editors = data__cameras_item["editors"]
                            if not isinstance(data__cameras_item__editors, (list, tuple, dict)):
                                raise JsonSchemaValueException("" + (name_prefix or "data") + ".cameras[{data__cameras_x}].editors".format(**locals()) + " must be array or object")
                            data__cameras_item__editors_is_list = isinstance(data__cameras_item__editors, (list, tuple))
                            if data__cameras_item__editors_is_list:
                                data__cameras_item__editors_len = len(data__cameras_item__editors)
                                for data__cameras_item__editors_x, data__cameras_item__editors_item in enumerate(data__cameras_item__editors):
                                    if not isinstance(data__cameras_item__editors_item, (str)):
                                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".cameras[{data__cameras_x}].editors[{data__cameras_item__editors_x}]".format(**locals()) + " must be string")
                                    if isinstance(data__cameras_item__editors_item, str):
                                        data__cameras_item__editors_item_len = len(data__cameras_item__editors_item)
                                        if data__cameras_item__editors_item_len > 200:
                                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".cameras[{data__cameras_x}].editors[{data__cameras_item__editors_x}]".format(**locals()) + " must be shorter than or equal to 200 characters")
                                        if not REGEX_PATTERNS['^(@@?[A-Za-z0-9][A-Za-z0-9_.-]*(/[A-Za-z0-9][A-Za-z0-9_.-]*)*|[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+)$'].search(data__cameras_item__editors_item):
                                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".cameras[{data__cameras_x}].editors[{data__cameras_item__editors_x}]".format(**locals()) + " must match pattern ^(@@?[A-Za-z0-9][A-Za-z0-9_.-]*(/[A-Za-z0-9][A-Za-z0-9_.-]*)*|[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+)$")
                            data__cameras_item__editors_is_dict = isinstance(data__cameras_item__editors, dict)
                            if data__cameras_item__editors_is_dict:
                                data__cameras_item__editors_keys = set(data__cameras_item__editors.keys())
                                for data__cameras_item__editors_key in data__cameras_item__editors_keys:
                                    if data__cameras_item__editors_key not in []:
                                        data__cameras_item__editors_value = data__cameras_item__editors.get(data__cameras_item__editors_key)
                                        if not isinstance(data__cameras_item__editors_value, (list, tuple)):
                                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".cameras[{data__cameras_x}].editors.{data__cameras_item__editors_key}".format(**locals()) + " must be array")
                                        data__cameras_item__editors_value_is_list = isinstance(data__cameras_item__editors_value, (list, tuple))
                                        if data__cameras_item__editors_value_is_list:
                                            data__cameras_item__editors_value_len = len(data__cameras_item__editors_value)
                                            for data__cameras_item__editors_value_x, data__cameras_item__editors_value_item in enumerate(data__cameras_item__editors_value):
                                                if not isinstance(data__cameras_item__editors_value_item, (str)):
                                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".cameras[{data__cameras_x}].editors.{data__cameras_item__editors_key}[{data__cameras_item__editors_value_x}]".format(**locals()) + " must be string")
                                                if isinstance(data__cameras_item__editors_value_item, str):
                                                    data__cameras_item__editors_value_item_len = len(data__cameras_item__editors_value_item)
                                                    if data__cameras_item__editors_value_item_len > 200:
                                                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".cameras[{data__cameras_x}].editors.{data__cameras_item__editors_key}[{data__cameras_item__editors_value_x}]".format(**locals()) + " must be shorter than or equal to 200 characters")
                                                    if not REGEX_PATTERNS['^(@@?[A-Za-z0-9][A-Za-z0-9_.-]*(/[A-Za-z0-9][A-Za-z0-9_.-]*)*|[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+)$'].search(data__cameras_item__editors_value_item):
                                                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".cameras[{data__cameras_x}].editors.{data__cameras_item__editors_key}[{data__cameras_item__editors_value_x}]".format(**locals()) + " must match pattern ^(@@?[A-Za-z0-9][A-Za-z0-9_.-]*(/[A-Za-z0-9][A-Za-z0-9_.-]*)*|[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+)$")
                        if data__cameras_item_keys:
                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".cameras[{data__cameras_x}]".format(**locals()) + " must not contain "+str(data__cameras_item_keys)+" properties")
        if "severities" in data_keys:
            data_keys.remove("severities")
            data__severities = data["severities"]
            if not isinstance(data__severities, (dict, NoneType)):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".severities must be object or null")
            data__severities_is_dict = isinstance(data__severities, dict)
            if data__severities_is_dict:
                data__severities_keys = set(data__severities.keys())
                for data__severities_key in data__severities_keys:
                    if data__severities_key not in []:
                        data__severities_value = data__severities.get(data__severities_key)
                        if not (isinstance(data__severities_value, str) and data__severities_value == 'error' or isinstance(data__severities_value, str) and data__severities_value == 'warning' or isinstance(data__severities_value, str) and data__severities_value == 'info' or isinstance(data__severities_value, str) and data__severities_value == 'off'):
                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".severities.{data__severities_key}".format(**locals()) + " must be one of ['error', 'warning', 'info', 'off']")
                data__severities_len = len(data__severities)
                if data__severities_len != 0:
                    data__severities_property_names = True
                    for data__severities_key in data__severities:
                        try:
                            if isinstance(data__severities_key, str):
                                if not REGEX_PATTERNS['^CUR[0-9]{3}$'].search(data__severities_key):
                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".severities must match pattern ^CUR[0-9]{3}$")
                        except JsonSchemaValueException:
                            data__severities_property_names = False
                    if not data__severities_property_names:
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".severities must be named by propertyName definition")
        if "suppressions" in data_keys:
            data_keys.remove("suppressions")
            data__suppressions = data["suppressions"]
            if not isinstance(data__suppressions, (list, tuple, NoneType)):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".suppressions must be array or null")
            data__suppressions_is_list = isinstance(data__suppressions, (list, tuple))
            if data__suppressions_is_list:
                data__suppressions_len = len(data__suppressions)
                for data__suppressions_x, data__suppressions_item in enumerate(data__suppressions):
                    if not isinstance(data__suppressions_item, (dict)):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".suppressions[{data__suppressions_x}]".format(**locals()) + " must be object")
                    data__suppressions_item_is_dict = isinstance(data__suppressions_item, dict)
                    if data__suppressions_item_is_dict:
                        data__suppressions_item__missing_keys = set(['rule', 'path', 'reason']) - data__suppressions_item.keys()
                        if data__suppressions_item__missing_keys:
                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".suppressions[{data__suppressions_x}]".format(**locals()) + " must contain " + (str(sorted(data__suppressions_item__missing_keys)) + " properties"))
                        data__suppressions_item_keys = set(data__suppressions_item.keys())
                        if "rule" in data__suppressions_item_keys:
                            data__suppressions_item_keys.remove("rule")
                            data__suppressions_item__rule = data__suppressions_item["rule"]
                            if not isinstance(data__suppressions_item__rule, (str)):
                                raise JsonSchemaValueException("" + (name_prefix or "data") + ".suppressions[{data__suppressions_x}].rule".format(**locals()) + " must be string")
                            if isinstance(data__suppressions_item__rule, str):
                                if not REGEX_PATTERNS['^CUR[0-9]{3}$'].search(data__suppressions_item__rule):
                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".suppressions[{data__suppressions_x}].rule".format(**locals()) + " must match pattern ^CUR[0-9]{3}$")
                        if "path" in data__suppressions_item_keys:
                            data__suppressions_item_keys.remove("path")
                            data__suppressions_item__path = data__suppressions_item["path"]
                            if not isinstance(data__suppressions_item__path, (str)):
                                raise JsonSchemaValueException("" + (name_prefix or "data") + ".suppressions[{data__suppressions_x}].path".format(**locals()) + " must be string")
                            if isinstance(data__suppressions_item__path, str):
                                data__suppressions_item__path_len = len(data__suppressions_item__path)
                                if data__suppressions_item__path_len < 1:
                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".suppressions[{data__suppressions_x}].path".format(**locals()) + " must be longer than or equal to 1 characters")
                                if data__suppressions_item__path_len > 1000:
                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".suppressions[{data__suppressions_x}].path".format(**locals()) + " must be shorter than or equal to 1000 characters")
                        if "reason" in data__suppressions_item_keys:
                            data__suppressions_item_keys.remove("reason")
                            data__suppressions_item__reason = data__suppressions_item["reason"]
                            if not isinstance(data__suppressions_item__reason, (str)):
                                raise JsonSchemaValueException("" + (name_prefix or "data") + ".suppressions[{data__suppressions_x}].reason".format(**locals()) + " must be string")
                            if isinstance(data__suppressions_item__reason, str):
                                if not REGEX_PATTERNS['\\S'].search(data__suppressions_item__reason):
                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".suppressions[{data__suppressions_x}].reason".format(**locals()) + " must match pattern \\S")
                        if "expires" in data__suppressions_item_keys:
                            data__suppressions_item_keys.remove("expires")
                            data__suppressions_item__expires = data__suppressions_item["expires"]
                            try:
                                if not isinstance(data__suppressions_item__expires, (int, float, bool, list, tuple, dict)):
                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".suppressions[{data__suppressions_x}].expires".format(**locals()) + " must be number or boolean or array or object")
                            except JsonSchemaValueException: pass
                            else:
                                raise JsonSchemaValueException("" + (name_prefix or "data") + ".suppressions[{data__suppressions_x}].expires".format(**locals()) + " must NOT match a disallowed definition")
                            if isinstance(data__suppressions_item__expires, str):
                                if not REGEX_PATTERNS['^[0-9]{4}-[0-9]{2}-[0-9]{2}$'].search(data__suppressions_item__expires):
                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".suppressions[{data__suppressions_x}].expires".format(**locals()) + " must match pattern ^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
                        if data__suppressions_item_keys:
                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".suppressions[{data__suppressions_x}]".format(**locals()) + " must not contain "+str(data__suppressions_item_keys)+" properties")
        if "baseline" in data_keys:
            data_keys.remove("baseline")
            data__baseline = data["baseline"]
            if not isinstance(data__baseline, (str, NoneType)):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".baseline must be string or null")
            if isinstance(data__baseline, str):
                data__baseline_len = len(data__baseline)
                if data__baseline_len < 1:
                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".baseline must be longer than or equal to 1 characters")
                if data__baseline_len > 200:
                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".baseline must be shorter than or equal to 200 characters")
                if not REGEX_PATTERNS['^(?!(.*/)?\\.{1,2}(/|$))(?!(.*/)?\\.[gG][iI][tT](/|$))[^/\\\\\\x00-\\x1f\\x7f]+(/[^/\\\\\\x00-\\x1f\\x7f]+)*$'].search(data__baseline):
                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".baseline must match pattern ^(?!(.*/)?\\.{1,2}(/|$))(?!(.*/)?\\.[gG][iI][tT](/|$))[^/\\\\\\x00-\\x1f\\x7f]+(/[^/\\\\\\x00-\\x1f\\x7f]+)*$")
        if "release_branch" in data_keys:
            data_keys.remove("release_branch")
            data__releasebranch = data["release_branch"]
            if not isinstance(data__releasebranch, (str, NoneType)):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".release_branch must be string or null")
            if isinstance(data__releasebranch, str):
                data__releasebranch_len = len(data__releasebranch)
                if data__releasebranch_len < 1:
                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".release_branch must be longer than or equal to 1 characters")
                if not REGEX_PATTERNS['^[^\\s~^:?*\\[\\\\-][^\\s~^:?*\\[\\\\]*$'].search(data__releasebranch):
                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".release_branch must match pattern ^[^\\s~^:?*\\[\\\\-][^\\s~^:?*\\[\\\\]*$")
        if "limits" in data_keys:
            data_keys.remove("limits")
            data__limits = data["limits"]
            if not isinstance(data__limits, (dict, NoneType)):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".limits must be object or null")
            data__limits_is_dict = isinstance(data__limits, dict)
            if data__limits_is_dict:
                data__limits_keys = set(data__limits.keys())
                for data__limits_key in data__limits_keys:
                    if data__limits_key not in []:
                        data__limits_value = data__limits.get(data__limits_key)
                        if not isinstance(data__limits_value, (dict)):
                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".limits.{data__limits_key}".format(**locals()) + " must be object")
                        data__limits_value_is_dict = isinstance(data__limits_value, dict)
                        if data__limits_value_is_dict:
                            data__limits_value_keys = set(data__limits_value.keys())
                            for data__limits_value_key in data__limits_value_keys:
                                if data__limits_value_key not in []:
                                    data__limits_value_value = data__limits_value.get(data__limits_value_key)
                                    if not isinstance(data__limits_value_value, (int, float)) or isinstance(data__limits_value_value, bool):
                                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".limits.{data__limits_key}.{data__limits_value_key}".format(**locals()) + " must be number")
        if "gen2" in data_keys:
            data_keys.remove("gen2")
            data__gen2 = data["gen2"]
            if not isinstance(data__gen2, (dict, NoneType)):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".gen2 must be object or null")
            data__gen2_is_dict = isinstance(data__gen2, dict)
            if data__gen2_is_dict:
                data__gen2_keys = set(data__gen2.keys())
                for data__gen2_key in data__gen2_keys:
                    if data__gen2_key not in []:
                        data__gen2_value = data__gen2.get(data__gen2_key)
                        if not isinstance(data__gen2_value, (dict)):
                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".gen2.{data__gen2_key}".format(**locals()) + " must be object")
                        data__gen2_value_is_dict = isinstance(data__gen2_value, dict)
                        if data__gen2_value_is_dict:
                            data__gen2_value_keys = set(data__gen2_value.keys())
                            if "columns" in data__gen2_value_keys:
                                data__gen2_value_keys.remove("columns")
                                data__gen2_value__columns = data__gen2_value["columns"]
                                if not isinstance(data__gen2_value__columns, (dict)):
                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".gen2.{data__gen2_key}.columns".format(**locals()) + " must be object")
                                data__gen2_value__columns_is_dict = isinstance(data__gen2_value__columns, dict)
                                if data__gen2_value__columns_is_dict:
                                    data__gen2_value__columns_len = len(data__gen2_value__columns)
                                    if data__gen2_value__columns_len > 30:
                                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".gen2.{data__gen2_key}.columns".format(**locals()) + " must contain less than or equal to 30 properties")
                                    data__gen2_value__columns_keys = set(data__gen2_value__columns.keys())
                                    for data__gen2_value__columns_key in data__gen2_value__columns_keys:
                                        if data__gen2_value__columns_key not in []:
                                            data__gen2_value__columns_value = data__gen2_value__columns.get(data__gen2_value__columns_key)
                                            if not isinstance(data__gen2_value__columns_value, (str)):
                                                raise JsonSchemaValueException("" + (name_prefix or "data") + ".gen2.{data__gen2_key}.columns.{data__gen2_value__columns_key}".format(**locals()) + " must be string")
                                            if isinstance(data__gen2_value__columns_value, str):
                                                data__gen2_value__columns_value_len = len(data__gen2_value__columns_value)
                                                if data__gen2_value__columns_value_len > 200:
                                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".gen2.{data__gen2_key}.columns.{data__gen2_value__columns_key}".format(**locals()) + " must be shorter than or equal to 200 characters")
                                                if not REGEX_PATTERNS['^([^{}\\x00-\\x1f\\x7f]|\\{(detector(:0?[1-9]d)?|detector_name|filter|band|instrument|digest)\\})*$'].search(data__gen2_value__columns_value):
                                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".gen2.{data__gen2_key}.columns.{data__gen2_value__columns_key}".format(**locals()) + " must match pattern ^([^{}\\x00-\\x1f\\x7f]|\\{(detector(:0?[1-9]d)?|detector_name|filter|band|instrument|digest)\\})*$")
                                    if data__gen2_value__columns_len != 0:
                                        data__gen2_value__columns_property_names = True
                                        for data__gen2_value__columns_key in data__gen2_value__columns:
                                            try:
                                                if isinstance(data__gen2_value__columns_key, str):
                                                    if not REGEX_PATTERNS['^(?![cC][uU][rR][aA][tT][oO][rR]_|[sS][qQ][lL][iI][tT][eE]_)[A-Za-z_][A-Za-z0-9_]{0,62}$'].search(data__gen2_value__columns_key):
                                                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".gen2.{data__gen2_key}.columns".format(**locals()) + " must match pattern ^(?![cC][uU][rR][aA][tT][oO][rR]_|[sS][qQ][lL][iI][tT][eE]_)[A-Za-z_][A-Za-z0-9_]{0,62}$")
                                            except JsonSchemaValueException:
                                                data__gen2_value__columns_property_names = False
                                        if not data__gen2_value__columns_property_names:
                                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".gen2.{data__gen2_key}.columns".format(**locals()) + " must be named by propertyName definition")
                            if "calib_date" in data__gen2_value_keys:
                                data__gen2_value_keys.remove("calib_date")
                                data__gen2_value__calibdate = data__gen2_value["calib_date"]
                                if not isinstance(data__gen2_value__calibdate, (str)):
                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".gen2.{data__gen2_key}.calib_date".format(**locals()) + " must be string")
                                if isinstance(data__gen2_value__calibdate, str):
                                    if not REGEX_PATTERNS['^(?![cC][uU][rR][aA][tT][oO][rR]_|[sS][qQ][lL][iI][tT][eE]_)[A-Za-z_][A-Za-z0-9_]{0,62}$'].search(data__gen2_value__calibdate):
                                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".gen2.{data__gen2_key}.calib_date".format(**locals()) + " must match pattern ^(?![cC][uU][rR][aA][tT][oO][rR]_|[sS][qQ][lL][iI][tT][eE]_)[A-Za-z_][A-Za-z0-9_]{0,62}$")
                            if "valid_start" in data__gen2_value_keys:
                                data__gen2_value_keys.remove("valid_start")
                                data__gen2_value__validstart = data__gen2_value["valid_start"]
                                if not isinstance(data__gen2_value__validstart, (str)):
                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".gen2.{data__gen2_key}.valid_start".format(**locals()) + " must be string")
                                if isinstance(data__gen2_value__validstart, str):
                                    if not REGEX_PATTERNS['^(?![cC][uU][rR][aA][tT][oO][rR]_|[sS][qQ][lL][iI][tT][eE]_)[A-Za-z_][A-Za-z0-9_]{0,62}$'].search(data__gen2_value__validstart):
                                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".gen2.{data__gen2_key}.valid_start".format(**locals()) + " must match pattern ^(?![cC][uU][rR][aA][tT][oO][rR]_|[sS][qQ][lL][iI][tT][eE]_)[A-Za-z_][A-Za-z0-9_]{0,62}$")
                            if "valid_end" in data__gen2_value_keys:
                                data__gen2_value_keys.remove("valid_end")
                                data__gen2_value__validend = data__gen2_value["valid_end"]
                                if not isinstance(data__gen2_value__validend, (str)):
                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".gen2.{data__gen2_key}.valid_end".format(**locals()) + " must be string")
                                if isinstance(data__gen2_value__validend, str):
                                    if not REGEX_PATTERNS['^(?![cC][uU][rR][aA][tT][oO][rR]_|[sS][qQ][lL][iI][tT][eE]_)[A-Za-z_][A-Za-z0-9_]{0,62}$'].search(data__gen2_value__validend):
                                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".gen2.{data__gen2_key}.valid_end".format(**locals()) + " must match pattern ^(?![cC][uU][rR][aA][tT][oO][rR]_|[sS][qQ][lL][iI][tT][eE]_)[A-Za-z_][A-Za-z0-9_]{0,62}$")
                            if "increment_valid_end" in data__gen2_value_keys:
                                data__gen2_value_keys.remove("increment_valid_end")
                                data__gen2_value__incrementvalidend = data__gen2_value["increment_valid_end"]
                                if not isinstance(data__gen2_value__incrementvalidend, (bool)):
                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".gen2.{data__gen2_key}.increment_valid_end".format(**locals()) + " must be boolean")
                            if "same_day" in data__gen2_value_keys:
                                data__gen2_value_keys.remove("same_day")
                                data__gen2_value__sameday = data__gen2_value["same_day"]
                                if not (isinstance(data__gen2_value__sameday, str) and data__gen2_value__sameday == 'refuse' or isinstance(data__gen2_value__sameday, str) and data__gen2_value__sameday == 'last'):
                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".gen2.{data__gen2_key}.same_day".format(**locals()) + " must be one of ['refuse', 'last']")
                            if "tables" in data__gen2_value_keys:
                                data__gen2_value_keys.remove("tables")
                                data__gen2_value__tables = data__gen2_value["tables"]
                                if not isinstance(data__gen2_value__tables, (dict)):
                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".gen2.{data__gen2_key}.tables".format(**locals()) + " must be object")
                                data__gen2_value__tables_is_dict = isinstance(data__gen2_value__tables, dict)
                                if data__gen2_value__tables_is_dict:
                                    data__gen2_value__tables_len = len(data__gen2_value__tables)
                                    if data__gen2_value__tables_len > 30:
                                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".gen2.{data__gen2_key}.tables".format(**locals()) + " must contain less than or equal to 30 properties")
                                    data__gen2_value__tables_keys = set(data__gen2_value__tables.keys())
                                    for data__gen2_value__tables_key in data__gen2_value__tables_keys:
                                        if data__gen2_value__tables_key not in []:
                                            data__gen2_value__tables_value = data__gen2_value__tables.get(data__gen2_value__tables_key)
                                            if not isinstance(data__gen2_value__tables_value, (str)):
                                                raise JsonSchemaValueException("" + (name_prefix or "data") + ".gen2.{data__gen2_key}.tables.{data__gen2_value__tables_key}".format(**locals()) + " must be string")
                                            if isinstance(data__gen2_value__tables_value, str):
                                                if not REGEX_PATTERNS['^(?![cC][uU][rR][aA][tT][oO][rR]_|[sS][qQ][lL][iI][tT][eE]_)[A-Za-z_][A-Za-z0-9_]{0,62}$'].search(data__gen2_value__tables_value):
                                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".gen2.{data__gen2_key}.tables.{data__gen2_value__tables_key}".format(**locals()) + " must match pattern ^(?![cC][uU][rR][aA][tT][oO][rR]_|[sS][qQ][lL][iI][tT][eE]_)[A-Za-z_][A-Za-z0-9_]{0,62}$")
                                    if data__gen2_value__tables_len != 0:
                                        data__gen2_value__tables_property_names = True
                                        for data__gen2_value__tables_key in data__gen2_value__tables:
                                            try:
                                                if isinstance(data__gen2_value__tables_key, str):
                                                    if not REGEX_PATTERNS['^(?![cC][uU][rR][aA][tT][oO][rR]_|[sS][qQ][lL][iI][tT][eE]_)[A-Za-z_][A-Za-z0-9_]{0,62}$'].search(data__gen2_value__tables_key):
                                                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".gen2.{data__gen2_key}.tables".format(**locals()) + " must match pattern ^(?![cC][uU][rR][aA][tT][oO][rR]_|[sS][qQ][lL][iI][tT][eE]_)[A-Za-z_][A-Za-z0-9_]{0,62}$")
                                            except JsonSchemaValueException:
                                                data__gen2_value__tables_property_names = False
                                        if not data__gen2_value__tables_property_names:
                                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".gen2.{data__gen2_key}.tables".format(**locals()) + " must be named by propertyName definition")
                            if "template" in data__gen2_value_keys:
                                data__gen2_value_keys.remove("template")
                                data__gen2_value__template = data__gen2_value["template"]
                                if not isinstance(data__gen2_value__template, (str)):
                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".gen2.{data__gen2_key}.template".format(**locals()) + " must be string")
                                if isinstance(data__gen2_value__template, str):
                                    data__gen2_value__template_len = len(data__gen2_value__template)
                                    if data__gen2_value__template_len > 200:
                                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".gen2.{data__gen2_key}.template".format(**locals()) + " must be shorter than or equal to 200 characters")
                                    if not REGEX_PATTERNS['^(?!(.*/)?(\\.|/))([A-Za-z0-9_+,=@~./-]|\\{(detector(:0?[1-9]d)?|detector_name|filter|band|instrument|digest|calibDate|type)\\})*\\.fits$'].search(data__gen2_value__template):
                                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".gen2.{data__gen2_key}.template".format(**locals()) + " must match pattern ^(?!(.*/)?(\\.|/))([A-Za-z0-9_+,=@~./-]|\\{(detector(:0?[1-9]d)?|detector_name|filter|band|instrument|digest|calibDate|type)\\})*\\.fits$")
                            if "templates" in data__gen2_value_keys:
                                data__gen2_value_keys.remove("templates")
                                data__gen2_value__templates = data__gen2_value["templates"]
                                if not isinstance(data__gen2_value__templates, (dict)):
                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".gen2.{data__gen2_key}.templates".format(**locals()) + " must be object")
                                data__gen2_value__templates_is_dict = isinstance(data__gen2_value__templates, dict)
                                if data__gen2_value__templates_is_dict:
                                    data__gen2_value__templates_len = len(data__gen2_value__templates)
                                    if data__gen2_value__templates_len > 30:
                                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".gen2.{data__gen2_key}.templates".format(**locals()) + " must contain less than or equal to 30 properties")
                                    data__gen2_value__templates_keys = set(data__gen2_value__templates.keys())
                                    for data__gen2_value__templates_key in data__gen2_value__templates_keys:
                                        if data__gen2_value__templates_key not in []:
                                            data__gen2_value__templates_value = data__gen2_value__templates.get(data__gen2_value__templates_key)
                                            if not isinstance(data__gen2_value__templates_value, (str)):
                                                raise JsonSchemaValueException("" + (name_prefix or "data") + ".gen2.{data__gen2_key}.templates.{data__gen2_value__templates_key}".format(**locals()) + " must be string")
                                            if isinstance(data__gen2_value__templates_value, str):
                                                data__gen2_value__templates_value_len = len(data__gen2_value__templates_value)
                                                if data__gen2_value__templates_value_len > 200:
                                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".gen2.{data__gen2_key}.templates.{data__gen2_value__templates_key}".format(**locals()) + " must be shorter than or equal to 200 characters")
                                                if not REGEX_PATTERNS['^(?!(.*/)?(\\.|/))([A-Za-z0-9_+,=@~./-]|\\{(detector(:0?[1-9]d)?|detector_name|filter|band|instrument|digest|calibDate|type)\\})*\\.fits$'].search(data__gen2_value__templates_value):
                                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".gen2.{data__gen2_key}.templates.{data__gen2_value__templates_key}".format(**locals()) + " must match pattern ^(?!(.*/)?(\\.|/))([A-Za-z0-9_+,=@~./-]|\\{(detector(:0?[1-9]d)?|detector_name|filter|band|instrument|digest|calibDate|type)\\})*\\.fits$")
                                    if data__gen2_value__templates_len != 0:
                                        data__gen2_value__templates_property_names = True
                                        for data__gen2_value__templates_key in data__gen2_value__templates:
                                            try:
                                                if isinstance(data__gen2_value__templates_key, str):
                                                    if not REGEX_PATTERNS['^(?![cC][uU][rR][aA][tT][oO][rR]_|[sS][qQ][lL][iI][tT][eE]_)[A-Za-z_][A-Za-z0-9_]{0,62}$'].search(data__gen2_value__templates_key):
                                                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".gen2.{data__gen2_key}.templates".format(**locals()) + " must match pattern ^(?![cC][uU][rR][aA][tT][oO][rR]_|[sS][qQ][lL][iI][tT][eE]_)[A-Za-z_][A-Za-z0-9_]{0,62}$")
                                            except JsonSchemaValueException:
                                                data__gen2_value__templates_property_names = False
                                        if not data__gen2_value__templates_property_names:
                                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".gen2.{data__gen2_key}.templates".format(**locals()) + " must be named by propertyName definition")
                            if data__gen2_value_keys:
                                raise JsonSchemaValueException("" + (name_prefix or "data") + ".gen2.{data__gen2_key}".format(**locals()) + " must not contain "+str(data__gen2_value_keys)+" properties")
        if data_keys:
            raise JsonSchemaValueException("" + (name_prefix or "data") + " must not contain "+str(data_keys)+" properties")
    return data
