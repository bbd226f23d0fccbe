using System.Text;
using System.Text.Json;
using MLNet.Transformers.Models;

namespace MLNet.Transformers.Tests.Models.Images;

/// <summary>What augmentations are made of equals Pillow's operations, to the last bit.</summary>
public class OperationTests
{
    private sealed record Case(string Operation, double[] Numbers, PixelImage Image, PixelImage Actual);

    [PillowFact]
    public void OperationsEqualPillow() => AssertEqualPillow([.. Images().SelectMany(Operations)]);

    [PillowFact]
    public void GeometryEqualsPillow() => AssertEqualPillow([.. Images().SelectMany(Geometry)]);

    [PillowFact]
    public void OperationsOfRandAugmentEqualPillow() => AssertEqualPillow([.. Images().SelectMany(OfRandAugment)]);

    /// <summary>Made with Pillow 9.4 of the gradient of 6 x 4 pixels: ImageOps, ImageEnhance, ImageFilter and hue by way of HSV.</summary>
    [Theory]
    [MemberData(nameof(Stored))]
    public void EqualsWhatPillowMade(string operation, double number, string expected)
    {
        var actual = Operations(Pixels.Gradient(6, 4, 3)).First(found => found.Operation == operation && (found.Numbers.Length == 0 || found.Numbers[0] == number)).Actual;

        Assert.Equal(expected, Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(actual.Pixels)));
    }

    [Theory]
    [InlineData(12.3, 3, -2, 1.13, 5.2, -3.1)]
    [InlineData(-50.2, 0, 1.5, 0.71, 20.3, 11.7)]
    public void AMapLeadsBackToWhereAPlaceCameFrom(double degrees, double moveX, double moveY, double scale, double shearX, double shearY)
    {
        var map = AffineMap.Inverse(degrees, (moveX, moveY), scale, (shearX, shearY), (10, 7));
        var (slopeX, slopeY) = (Math.Tan(shearX * Math.PI / 180), Math.Tan(shearY * Math.PI / 180));
        var (cosine, sine) = (Math.Cos(degrees * Math.PI / 180), Math.Sin(degrees * Math.PI / 180));
        foreach (var (startX, startY) in new[] { (0.0, 0.0), (19.0, 3.5), (-4.0, 30.0) })
        {
            var (x, y) = ((startX - 10) * scale, (startY - 7) * scale);
            x -= slopeX * y;
            y -= slopeY * x;
            (x, y) = ((cosine * x) - (sine * y) + 10 + moveX, (sine * x) + (cosine * y) + 7 + moveY);

            Assert.Equal(startX, map.X(x, y), 1e-10);
            Assert.Equal(startY, map.Y(x, y), 1e-10);
        }
    }

    [Fact]
    public void ColorsOfGrayImagesStay()
    {
        var gray = Pixels.Noise(9, 8, 1, 3);

        Assert.Same(gray, Hue.Shift(gray, 0.3));
        Assert.Same(gray, Enhancement.Color(gray, 0.1));
    }

    private static IEnumerable<PixelImage> Images() =>
    [
        Pixels.Noise(37, 29, 3, 1), Pixels.Noise(30, 30, 1, 2), Pixels.Extremes(21, 40, 3, 3), Pixels.Gradient(40, 25, 3), Pixels.Gradient(33, 33, 1),
        Pixels.Noise(5, 1, 3, 4), Pixels.Noise(2, 2, 1, 5), new(20, 20, 3, [.. Enumerable.Repeat((byte)100, 1200)]),
        Pixels.Noise(200, 150, 3, 6),
    ];

    private static IEnumerable<Case> Operations(PixelImage image) =>
    [
        new("invert", [], image, PointOperation.Invert(image)),
        new("solarize", [128], image, PointOperation.Solarize(image, 128)),
        new("solarize", [76.5], image, PointOperation.Solarize(image, 76.5)),
        .. new[] { 1, 4, 8 }.Select(bits => new Case("posterize", [bits], image, PointOperation.Posterize(image, bits))),
        new("autocontrast", [], image, PointOperation.AutoContrast(image)),
        new("equalize", [], image, PointOperation.Equalize(image)),
        .. new[] { 0, 0.37, 1, 1.9 }.SelectMany(factor => new Case[]
        {
            new("brightness", [factor], image, Enhancement.Brightness(image, factor)),
            new("contrast", [factor], image, Enhancement.Contrast(image, factor)),
            new("color", [factor], image, Enhancement.Color(image, factor)),
            new("sharpness", [factor], image, Enhancement.Sharpness(image, factor)),
        }),
        .. new[] { 0.1, 0.8, 2, 5.3, 30 }.Select(deviation => new Case("blur", [deviation], image, Blurring.Gaussian(image, deviation))),
        .. new[] { -0.5, -0.1, 0, 0.33 }.Select(turn => new Case("hue", [turn], image, Hue.Shift(image, turn))),
        new("gray", [], image, Always(new Grayscale(), image)),
        new("flip", [], image, Always(new VerticalFlip(), image)),
        new("mirror", [], image, Always(new HorizontalFlip(), image)),
    ];

    private static IEnumerable<Case> Geometry(PixelImage image)
    {
        foreach (var filter in new[] { ResamplingFilter.Nearest, ResamplingFilter.Bilinear, ResamplingFilter.Bicubic })
        {
            foreach (var degrees in new[] { 0, 90, 180, -90, 17.3, -33.1, 200.7 })
                yield return new("rotate", [degrees, (int)filter, 7], image, AffineTransform.Rotate(image, degrees, filter, 7));
            foreach (var (degrees, x, y, scale, shearX, shearY) in new[]
            {
                (12.3, 3.0, -2.0, 1.13, 5.2, -3.1), (-50.2, 0.0, 0.0, 0.71, 20.3, 11.7), (0.0, 4.0, -3.0, 1.0, 0.0, 0.0), (0.0, 0.0, 0.0, 1.37, 0.0, 0.0),
            })
            {
                var map = AffineMap.Inverse(degrees, (x, y), scale, (shearX, shearY), (image.Width * 0.5, image.Height * 0.5));
                yield return new("transform", [map.A, map.B, map.C, map.D, map.E, map.F, (int)filter, 9], image, AffineTransform.Apply(image, map, filter, 9));
            }
        }
    }

    private static IEnumerable<Case> OfRandAugment(PixelImage image) =>
        from operation in RandAugment.Space
        from magnitude in new[] { 0, 9, 23, 30 }
        from sign in operation.IsSigned ? new[] { 1, -1 } : [1]
        let actual = operation.Apply(image, magnitude / 30.0, new Sign(sign), ResamplingFilter.Nearest, 0)
        select new Case(operation.Name, [magnitude, 31, sign], image, actual);

    public static TheoryData<string, double, string> Stored() => new()
    {
        { "autocontrast", 0, "4069E8326C7C3D5AC60D285B9C6D3BDF02DEA5679C1DFCA572D4EE4209F63134" },
        { "equalize", 0, "B91FA33280E32FAAF682F09EEB9505C70ED5CB439B3B1BBA35D5B9E02C1A561E" },
        { "posterize", 4, "3984134781018ABD4C85C99C64E64C4D42CC390FE8D8215C3494506BA9E4449E" },
        { "solarize", 128, "6AC295DBE719A8FB98C8E48695755949742A0837164ABCBBDEB4620D76A636AA" },
        { "brightness", 0.37, "4FE5BE7B0AB31E839D53039771141C4D62D683CF8D35E457A81A04F6D0DD6730" },
        { "contrast", 1.9, "E6CAA387C2792459ACA50BC0529B99C154BBAAB8465C6076A830F1F871F9DD66" },
        { "color", 1.9, "A21DD8C238EC0AB03B082A3E4E2C3AE49AEA23591B9C3F18BF1E2B676DF9E0F3" },
        { "sharpness", 1.9, "8541F4C64BAFDBBF55DC3ED878A82FDAC0EB7E3BEE083A64D399490EF91F4BB9" },
        { "blur", 0.8, "866CEB7D8CEF0DFC297F242ACAF3171AAEF454CBB6BD124A4CC7A831E107A71F" },
        { "hue", 0.33, "132813A09D7F10CD45A69A933B5580F0071299A54CC1C36D6F4E86825947AAA6" },
    };

    private static PixelImage Always(ImageAugmentation augmentation, PixelImage image) => (augmentation with { Probability = 1 }).Apply(image, new Random(0));

    private static void AssertEqualPillow(Case[] cases)
    {
        using var input = new MemoryStream();
        using (var writer = new BinaryWriter(input, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(cases.Length);
            foreach (var (operation, numbers, image, _) in cases)
            {
                var description = JsonSerializer.SerializeToUtf8Bytes(new { operation, numbers });
                writer.Write(description.Length);
                writer.Write(description);
                writer.Write(image);
            }
        }
        using var expected = new BinaryReader(new MemoryStream(Pillow.Run("pillow_operations.py", input.ToArray())));
        foreach (var (operation, numbers, image, actual) in cases)
            Pixels.AssertEqual(expected.ReadImage(), actual, $"{operation} [{string.Join(", ", numbers)}] of {image.Width} x {image.Height} x {image.Channels}");
    }

    /// <summary>A generator whose draw between two things is known.</summary>
    private sealed class Sign(int sign) : Random
    {
        public override int Next(int maxValue) => sign < 0 ? 0 : 1;
    }
}
