"""Little CMS (liblcms2), called directly: colours of one space as another has them, and how far apart the eye sees two."""
import ctypes
import ctypes.util
import typing

# lcms2.h: TYPE_RGB_DBL, TYPE_Lab_DBL, INTENT_RELATIVE_COLORIMETRIC, cmsFLAGS_NOOPTIMIZE.
RGB_DOUBLES = 1 << 22 | 4 << 16 | 3 << 3
LAB_DOUBLES = 1 << 22 | 10 << 16 | 3 << 3
RELATIVE_COLORIMETRIC = 1
NO_SHORTCUTS = 0x0100

Triple = ctypes.c_double * 3
lib = ctypes.CDLL(ctypes.util.find_library("lcms2") or "liblcms2.so.2")
for made in ("cmsCreateRGBProfile", "cmsBuildGamma", "cmsBuildParametricToneCurve", "cmsCreate_sRGBProfile",
             "cmsCreateLab4Profile", "cmsCreateTransform"):
    getattr(lib, made).restype = ctypes.c_void_p
lib.cmsCIE2000DeltaE.restype = ctypes.c_double


class Space(typing.NamedTuple):
    """Of three primaries and white, as CIE x and y, and a curve."""
    name: str
    primaries: tuple  # ((x, y) of red, of green, of blue)
    curve: typing.Callable  # makes it

    def profile(self) -> int:
        white = Triple(0.3127, 0.3290, 1.0)  # D65
        primaries = (Triple * 3)(*(Triple(x, y, 1.0) for x, y in self.primaries))
        curve = ctypes.c_void_p(self.curve())
        return lib.cmsCreateRGBProfile(white, primaries, (ctypes.c_void_p * 3)(curve, curve, curve))


def power(exponent: float) -> int:
    return lib.cmsBuildGamma(None, ctypes.c_double(exponent))


def curve_of_srgb() -> int:
    """IEC 61966-2-1, as type 4 of lcms2."""
    return lib.cmsBuildParametricToneCurve(None, 4, (ctypes.c_double * 5)(2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045))


DISPLAY_P3 = Space("Display P3", ((0.680, 0.320), (0.265, 0.690), (0.150, 0.060)), curve_of_srgb)
ADOBE_RGB = Space("Adobe RGB", ((0.64, 0.33), (0.21, 0.71), (0.15, 0.06)), lambda: power(563 / 256))


def bytes_of(profile: int) -> bytes:
    """As it is embedded in a photo."""
    size = ctypes.c_uint32(0)
    lib.cmsSaveProfileToMem(ctypes.c_void_p(profile), None, ctypes.byref(size))
    room = ctypes.create_string_buffer(size.value)
    if not lib.cmsSaveProfileToMem(ctypes.c_void_p(profile), room, ctypes.byref(size)):
        raise SystemExit("Little CMS did not save a profile")
    return room.raw[:size.value]


def converted(colours: list, source: int, source_type: int, target: int, target_type: int) -> list:
    transform = lib.cmsCreateTransform(ctypes.c_void_p(source), source_type, ctypes.c_void_p(target), target_type,
                                       RELATIVE_COLORIMETRIC, NO_SHORTCUTS)
    if not transform:
        raise SystemExit("Little CMS cannot convert these colours")
    before, after = (Triple * len(colours))(*(Triple(*colour) for colour in colours)), (Triple * len(colours))()
    lib.cmsDoTransform(ctypes.c_void_p(transform), before, after, len(colours))
    lib.cmsDeleteTransform(ctypes.c_void_p(transform))
    return [tuple(colour) for colour in after]


def to_srgb(colours: list, space: Space) -> list:
    """Parts from 0 to 1; what lies outside sRGB has parts below 0 or above 1."""
    return converted(colours, space.profile(), RGB_DOUBLES, lib.cmsCreate_sRGBProfile(), RGB_DOUBLES)


def differences(ones: list, others: list) -> list:
    """Delta E 2000 of colours in sRGB, pair by pair; 1 is what a trained eye just sees."""
    lab = lambda colours: [Triple(*colour) for colour in converted(
        colours, lib.cmsCreate_sRGBProfile(), RGB_DOUBLES, lib.cmsCreateLab4Profile(None), LAB_DOUBLES)]
    weight = ctypes.c_double(1)
    return [lib.cmsCIE2000DeltaE(one, other, weight, weight, weight) for one, other in zip(lab(ones), lab(others))]
