"""As much of Conan 2 as the recipe uses, so that its methods run where Conan is not: names that Conan does not have are errors
here, too. The CMake helper really configures, builds and installs, with the system's packages."""
import fnmatch
import pathlib
import re
import shutil
import subprocess
import sys
import types


class ConanInvalidConfiguration(Exception):
    pass


class Values:
    """Settings or options: only what is declared can be read or set."""

    def __init__(self, allowed, values):
        object.__setattr__(self, "_allowed", dict(allowed))
        object.__setattr__(self, "_values", {})
        for name, value in values.items():
            setattr(self, name, value)

    def __getattr__(self, name):
        if name not in self._allowed:
            raise ConanInvalidConfiguration(f"'{name}' doesn't exist")
        return self._values[name]

    def __setattr__(self, name, value):
        if name not in self._allowed:
            raise ConanInvalidConfiguration(f"'{name}' doesn't exist")
        if self._allowed[name] is not None and value not in self._allowed[name]:
            raise ConanInvalidConfiguration(f"'{value}' is not a valid value of {name}")
        self._values[name] = value

    def __delattr__(self, name):
        del self._allowed[name]
        del self._values[name]

    def rm_safe(self, name):
        if name in self._allowed:
            delattr(self, name)

    def get_safe(self, name, default=None):
        name, _, inner = name.partition(".")
        value = self._values.get(name, default) if name in self._allowed else default
        return getattr(value, inner, default) if inner else value


class Compiler(str):
    def __new__(cls, name, version, cppstd, libcxx=None):
        value = super().__new__(cls, name)
        value.version, value.cppstd, value.libcxx = version, cppstd, libcxx
        return value


class Component:
    PROPERTIES = {"cmake_config_version_compat", "cmake_file_name", "cmake_target_name", "pkg_config_name"}

    def __init__(self):
        self.properties, self.components = {}, None
        self.libs, self.defines, self.requires, self.system_libs = [], [], [], []
        self.libdirs, self.includedirs, self.bindirs = ["lib"], ["include"], ["bin"]

    def set_property(self, name, value):
        if name not in self.PROPERTIES:
            raise AttributeError(name)
        self.properties[name] = value

    def __setattr__(self, name, value):
        if self.__dict__.get("sealed") and name not in self.__dict__:
            raise AttributeError(name)
        super().__setattr__(name, value)


class Components(dict):
    def __missing__(self, name):
        self[name] = Component()
        self[name].sealed = True
        return self[name]


class ConanFile:
    implements = ()
    default_options = {}
    options = {}

    def __init__(self, settings, options, dependency_options=None):
        self.version = None
        declared = dict(type(self).options)
        own = {name: value for name, value in self.default_options.items() if "/" not in name}
        self.settings = Values({name: None for name in type(self).settings}, settings)
        self.options = Values(declared, own)
        self.requirement_refs, self.toolchain, self.generated = [], None, []
        if hasattr(self, "config_options"):
            self.config_options()
        for name, value in options.items():
            setattr(self.options, name, value)
        if hasattr(self, "configure"):
            self.configure()
        self.requirements()
        self.dependencies = {}
        for reference in self.requirement_refs:
            name = reference.split("/")[0]
            # what the recipe asks of its dependencies by default, and what the user sets
            wanted = {key.split(":")[1]: value for key, value in self.default_options.items() if key.startswith(name + "/")}
            wanted.update((dependency_options or {}).get(name, {}))
            self.dependencies[name] = types.SimpleNamespace(options=Values({key: None for key in wanted}, wanted))

    def requires(self, reference):
        self.requirement_refs.append(reference)

    def export_sources(self, source, target):
        """What would be copied into Conan's cache, and nothing else."""
        for path in sorted(p for p in source.rglob("*") if p.is_file()):
            name = path.relative_to(source).as_posix()
            if any(fnmatch.fnmatch(name, pattern) for pattern in self.exports_sources):
                (target / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(path, target / name)

    def set_folders(self, source, build, package):
        self.source_folder, self.build_folder, self.package_folder = map(str, (source, build, package))
        self.layout()

    def run(self, command, env=None):
        subprocess.run(command, shell=True, check=True)

    def describe(self):
        """package_info(), checked as Conan checks it."""
        self.cpp_info = Component()
        self.cpp_info.components = Components()
        self.package_info()
        used = {requirement.split("::")[0] for c in self.cpp_info.components.values() for requirement in c.requires if "::" in requirement}
        names = {reference.split("/")[0] for reference in self.requirement_refs}
        for name in names ^ used:
            raise ConanInvalidConfiguration(f"'{name}' is required by the package or by a component, not by both")
        for component in self.cpp_info.components.values():
            for requirement in component.requires:
                if "::" not in requirement and requirement not in self.cpp_info.components:
                    raise ConanInvalidConfiguration(f"no component '{requirement}'")
        return self.cpp_info


class CMakeToolchain:
    def __init__(self, recipe):
        self.recipe, self.cache_variables = recipe, {}

    def generate(self):
        self.recipe.toolchain = self.cache_variables


class CMakeDeps:
    def __init__(self, recipe):
        self.recipe = recipe

    def generate(self):
        self.recipe.generated.append("CMakeDeps")


class CMake:
    extra = []  # the tests' own: generator, compiler, how to be quick

    def __init__(self, recipe):
        self.recipe = recipe

    def configure(self):
        recipe, variables = self.recipe, {}
        if recipe.toolchain is None:
            raise ConanInvalidConfiguration("there is no toolchain: generate() made none")
        variables["CMAKE_BUILD_TYPE"] = recipe.settings.build_type
        variables["CMAKE_FIND_PACKAGE_PREFER_CONFIG"] = True
        cppstd = str(recipe.settings.compiler.cppstd)
        variables["CMAKE_CXX_STANDARD"] = cppstd.removeprefix("gnu")
        variables["CMAKE_CXX_EXTENSIONS"] = cppstd.startswith("gnu")
        if recipe.options.get_safe("shared") is not None:
            variables["BUILD_SHARED_LIBS"] = recipe.options.shared
        if recipe.options.get_safe("fPIC") is not None:
            variables["CMAKE_POSITION_INDEPENDENT_CODE"] = recipe.options.fPIC
        variables.update(recipe.toolchain)
        words = [f"-D{name}={'ON' if value is True else 'OFF' if value is False else value}" for name, value in variables.items()]
        run("cmake", "-S", recipe.source_folder, "-B", recipe.build_folder, *words, *self.extra)

    def build(self):
        run("cmake", "--build", self.recipe.build_folder)

    def install(self):
        run("cmake", "--install", self.recipe.build_folder, "--prefix", self.recipe.package_folder)


def run(*words):
    done = subprocess.run([str(word) for word in words], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode:
        raise RuntimeError(f"{words}\n{done.stdout}")


def check_min_cppstd(recipe, cppstd):
    if int(re.sub(r"\D", "", str(recipe.settings.compiler.cppstd))) < int(cppstd):
        raise ConanInvalidConfiguration(f"C++{cppstd} is needed")


def copy(recipe, pattern, src, dst):
    for path in pathlib.Path(src).glob(pattern):
        pathlib.Path(dst).mkdir(parents=True, exist_ok=True)
        shutil.copy(path, dst)


class Version(tuple):
    def __new__(cls, text):
        return super().__new__(cls, (int(part) for part in str(text).split(".")))

    def __lt__(self, other):
        return tuple(self) < tuple(other if isinstance(other, Version) else Version(other))


def cmake_layout(recipe):
    recipe.laid_out = True
    recipe.cpp = types.SimpleNamespace(build=types.SimpleNamespace(bindir=recipe.build_folder))


def install():
    """From now on `import conan` finds this."""
    modules = {
        "conan": {"ConanFile": ConanFile},
        "conan.errors": {"ConanInvalidConfiguration": ConanInvalidConfiguration},
        "conan.tools": {},
        "conan.tools.build": {"check_min_cppstd": check_min_cppstd, "can_run": lambda recipe: True},
        "conan.tools.cmake": {"CMake": CMake, "CMakeDeps": CMakeDeps, "CMakeToolchain": CMakeToolchain, "cmake_layout": cmake_layout},
        "conan.tools.files": {"copy": copy, "load": lambda recipe, path: pathlib.Path(path).read_text(),
                              "rmdir": lambda recipe, path: shutil.rmtree(path, ignore_errors=True)},
        "conan.tools.scm": {"Version": Version},
    }
    for name, members in modules.items():
        module = types.ModuleType(name)
        module.__dict__.update(members)
        sys.modules[name] = module
