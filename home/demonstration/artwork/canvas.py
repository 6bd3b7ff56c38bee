"""The sheet of paper, the pens and the grain.

Shapes are drawn as masks at two or three times the size and reduced, then a colour is laid
through the mask. Randomness comes from the ``random.Random`` of the picture alone, so that a
picture is the same wherever it is drawn.
"""

import math

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps

from .geometry import ribbon

GRAIN_TILE = 512


class Mask:
    """A drawing of where colour goes: 255 is full colour, 0 is none."""

    def __init__(self, box, scale):
        self.box = box
        self.scale = scale
        left, top, right, bottom = box
        self.image = Image.new("L", ((right - left) * scale, (bottom - top) * scale), 0)
        self.pen = ImageDraw.Draw(self.image)

    def _placed(self, points):
        s, left, top = self.scale, self.box[0], self.box[1]
        return [((x - left) * s, (y - top) * s) for x, y in points]

    def fill(self, points, value=255):
        if len(points) > 2:
            self.pen.polygon(self._placed(points), fill=value)

    def dot(self, x, y, radius, value=255):
        (a, b), (c, d) = self._placed([(x - radius, y - radius), (x + radius, y + radius)])
        self.pen.ellipse((a, b, c, d), fill=value)

    def ring(self, x, y, radius, width, value=255):
        outer = radius + width / 2
        (a, b), (c, d) = self._placed([(x - outer, y - outer), (x + outer, y + outer)])
        self.pen.ellipse((a, b, c, d), outline=value, width=max(1, round(width * self.scale)))

    def stroke(self, points, width, value=255):
        """A line; ``width`` is a number, or a list with the width at each point."""
        if len(points) < 2:
            return
        widths = width if isinstance(width, list) else [width] * len(points)
        least = 1.2 / self.scale
        self.fill(ribbon(points, [max(w, least) for w in widths]), value)

    def outline(self, points, width, value=255):
        placed = self._placed([*points, points[0], points[1]])
        self.pen.line(placed, fill=value, width=max(1, round(width * self.scale)), joint="curve")

    def reduced(self):
        return self.image.reduce(self.scale)


class Canvas:
    """A picture in the making. ``unit`` is a hundredth of its shorter side, in pixels."""

    def __init__(self, width, height, colours, rng):
        self.width, self.height = width, height
        self.colours, self.rng = colours, rng
        self.unit = min(width, height) / 100
        self.size = (width, height)
        self.frame = (0, 0, width, height)
        self.image = Image.new("RGB", self.size, colours.ground)
        tile = Image.frombytes("L", (GRAIN_TILE,) * 2, rng.randbytes(GRAIN_TILE**2))
        self.noise = Image.new("L", self.size)
        for y in range(0, height, GRAIN_TILE):
            for x in range(0, width, GRAIN_TILE):
                self.noise.paste(tile, (x, y))

    # Grounds

    def ground(self, towards=(1.0, 1.0), mottling=0.35):
        """Let the ground pass into its second colour in a direction, unevenly, like a wash."""
        w, h = 48, max(2, round(48 * self.height / self.width))
        length = abs(towards[0]) + abs(towards[1])
        values = bytearray()
        for j in range(h):
            for i in range(w):
                along = (i / w - 0.5) * towards[0] + (j / h - 0.5) * towards[1]
                values.append(max(0, min(255, int(255 * (0.5 + along / length)))))
        slope = Image.frombytes("L", (w, h), bytes(values)).resize(self.size, Image.BICUBIC)
        cloud = self.clouds(5)
        self.image.paste(self.colours.ground_far, (0, 0), Image.blend(slope, cloud, mottling))

    def clouds(self, cells):
        """Soft patches, ``cells`` to the width, as a mask of the whole picture."""
        layers = []
        for n in (cells, cells * 2):
            w, h = n + 2, max(3, round(n * self.height / self.width) + 2)
            small = Image.frombytes("L", (w, h), self.rng.randbytes(w * h))
            layers.append(small.resize((96, 64), Image.BICUBIC))
        return Image.blend(layers[0], layers[1], 0.4).resize(self.size, Image.BICUBIC)

    # Masks and colour

    def mask(self, box=None, scale=2):
        """An empty mask of the picture, or of the part of it that ``box`` covers."""
        if box is None:
            return Mask(self.frame, scale)
        left, top = max(0, math.floor(box[0])), max(0, math.floor(box[1]))
        right, bottom = min(self.width, math.ceil(box[2])), min(self.height, math.ceil(box[3]))
        if right <= left or bottom <= top:
            left, top, right, bottom = 0, 0, 1, 1
        return Mask((left, top, right, bottom), scale)

    def box_of(self, points, margin=2):
        xs, ys = [p[0] for p in points], [p[1] for p in points]
        return min(xs) - margin, min(ys) - margin, max(xs) + margin, max(ys) + margin

    def lay(self, mask, colour, opacity=1.0, multiply=False):
        """Colour the picture through a mask."""
        self.lay_image(mask.reduced(), colour, mask.box, opacity, multiply)

    def lay_image(self, image, colour, box=None, opacity=1.0, multiply=False):
        box = box or self.frame
        if opacity < 1:
            image = image.point([round(v * opacity) for v in range(256)])
        if multiply:
            part = self.image.crop(box)
            tinted = ImageChops.multiply(part, Image.new("RGB", part.size, colour))
            self.image.paste(tinted, box, image)
        else:
            self.image.paste(colour, box, image)

    def shape(self, points, colour, opacity=1.0, multiply=False, scale=2):
        mask = self.mask(self.box_of(points), scale)
        mask.fill(points)
        self.lay(mask, colour, opacity, multiply)

    # Light

    def falloff(self, box, x, y, radius, power=1.0):
        """Brightness that fades from the centre to nothing at ``radius``, cut to ``box``."""
        left, top, right, bottom = box
        # Pillow's gradient holds 181 at half its side, and grows on into the corners.
        disc = Image.radial_gradient("L").point(
            [round(255 * (1 - min(v, 181) / 181) ** power) for v in range(256)]
        )
        zoom = 256 / (2 * radius)
        return disc.transform(
            (right - left, bottom - top),
            Image.AFFINE,
            (zoom, 0, (left - x + radius) * zoom, 0, zoom, (top - y + radius) * zoom),
            Image.BILINEAR,
        )

    def glow(self, x, y, radius, colour, opacity=1.0, power=1.6, multiply=False):
        box = self.mask((x - radius, y - radius, x + radius, y + radius), 1).box
        self.lay_image(self.falloff(box, x, y, radius, power), colour, box, opacity, multiply)

    def stippled(self, image, box, softness=0.55):
        """A soft mask broken into grain, darker where it was stronger."""
        return ImageChops.subtract(image, self.noise.crop(box), softness, 0)

    def form(self, points, base, shade, light=None, opacity=1.0, depth=0.9, turn=(-0.35, -0.4)):
        """A rounded body: flat colour, grain where it turns away from the light at ``turn``."""
        left, top, right, bottom = self.box_of(points, 1)
        x, y = (left + right) / 2, (top + bottom) / 2
        radius = max(right - left, bottom - top) / 2
        mask = self.mask((left, top, right, bottom))
        mask.fill(points)
        self.model(mask, x, y, radius, base, shade, light, opacity, depth, turn)

    def sphere(
        self, x, y, radius, base, shade, light=None, opacity=1.0, depth=0.9, turn=(-0.35, -0.4)
    ):
        mask = self.mask((x - radius - 1, y - radius - 1, x + radius + 1, y + radius + 1))
        mask.dot(x, y, radius)
        self.model(mask, x, y, radius, base, shade, light, opacity, depth, turn)

    def model(self, mask, x, y, radius, base, shade, light, opacity, depth, turn):
        """Lay ``base`` through ``mask``, then shade and light it like a ball of ``radius``."""
        where, box = mask.reduced(), mask.box
        self.lay_image(where, base, box, opacity)
        if radius < 2:
            return
        lit = self.falloff(
            box, x + turn[0] * radius, y + turn[1] * radius, radius * 2.5, power=0.75
        )
        dark = ImageChops.invert(lit).point([min(255, round(v * depth)) for v in range(256)])
        grain = ImageChops.multiply(self.stippled(dark, box), where)
        self.lay_image(grain, shade, box, opacity)
        if light:
            spot = self.falloff(
                box, x + turn[0] * radius * 0.9, y + turn[1] * radius * 0.9, radius * 1.3, power=1.5
            )
            spot = ImageChops.multiply(self.stippled(spot, box), where)
            self.lay_image(spot, light, box, opacity * 0.85)

    def inner_grain(self, mask, colour, width, opacity=1.0):
        """Grain along the inside of the edge of what ``mask`` covers, ``width`` pixels deep."""
        where = mask.reduced()
        factor = max(1, int(width / 4))
        small = where.reduce(factor) if factor > 1 else where
        soft = small.filter(ImageFilter.GaussianBlur(width / factor / 2)).resize(where.size)
        edge = ImageChops.multiply(ImageChops.invert(soft), where)
        edge = edge.point([min(255, round(v * 1.6)) for v in range(256)])
        grain = ImageChops.multiply(self.stippled(edge, mask.box), where)
        self.lay_image(grain, colour, mask.box, opacity)

    def shadow(self, mask, colour, offset, blur, opacity=0.4):
        """What ``mask`` covers throws a soft shadow, moved by ``offset`` pixels."""
        factor = max(1, int(blur / 3))
        margin = round(blur * 2.5) + factor
        where = ImageOps.expand(mask.reduced(), margin)
        small = where.reduce(factor) if factor > 1 else where
        soft = small.filter(ImageFilter.GaussianBlur(blur / factor)).resize(where.size)
        cast = Image.new("L", self.size)
        cast.paste(
            soft, (mask.box[0] - margin + round(offset[0]), mask.box[1] - margin + round(offset[1]))
        )
        self.lay_image(cast, colour, None, opacity, multiply=True)

    # Finish

    def dust(self, count, colour, opacity=0.5, sizes=(0.06, 0.25), centre=None, spread=60):
        """Specks over the picture, or gathered round ``centre``."""
        mask = self.mask(scale=3)
        for _ in range(count):
            if centre:
                x = self.rng.gauss(centre[0], spread * self.unit)
                y = self.rng.gauss(centre[1], spread * self.unit)
            else:
                x, y = self.rng.uniform(0, self.width), self.rng.uniform(0, self.height)
            radius = self.rng.uniform(*sizes) * self.unit
            mask.dot(x, y, radius, self.rng.randint(90, 255))
        self.lay(mask, colour, opacity)

    def finished(self, strength=0.085):
        """The picture under an even, fine grain."""
        level = [round(128 + (v - 128) * strength * 2) for v in range(256)]
        grain = self.noise.point(level)
        return ImageChops.overlay(self.image, Image.merge("RGB", (grain,) * 3))
