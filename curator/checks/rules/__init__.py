"""The rules, a module for each subject.

``file`` to ``schema`` are about files of every type; those called as the module of a type's class, or with
that name in front, are about its content; ``paths``, ``sets*``, ``change*`` and ``config`` are about many
files.
"""
