using System.Text.Json;
using MLNet.Transformers.Models;

namespace MLNet.Transformers.Tests.Models.Images;

/// <summary>What augmentations draw.</summary>
public class AugmentationTests
{
    private static readonly ImageAugmentation[] All =
    [
        new RandomResizedCrop(12, 10), new RandomCrop(12, 10) { Padding = 3, PaddingMode = PaddingMode.Reflect }, new HorizontalFlip(), new VerticalFlip(),
        new RandomRotation(new(-20, 20)), new RandomAffine { Degrees = new(-9, 9), TranslationX = 0.1, Scale = new(0.8, 1.2), ShearY = new(-5, 5) },
        new ColorJitter { Brightness = 0.4, Contrast = 0.4, Saturation = 0.2, Hue = 0.1 }, new Grayscale(), new GaussianBlur(), new Solarize(), new Posterize(),
        new Equalize(), new AutoContrast(), new Invert(), new Sharpness { Factor = 0.5 }, new RandAugment { Operations = 3, Magnitude = 12 }, new TrivialAugment(),
        new RandomErasing(), new RandomErasing { Fill = 3 },
        new AugmentationSequence([new HorizontalFlip(), new AugmentationChoice([new Invert(), new RandomCrop(5, 6)]) { Probability = 0.8 }]),
    ];

    public static IEnumerable<object[]> EachOnGrayAndColors() => Enumerable.Range(0, All.Length).SelectMany(index => new object[][] { [index, 1], [index, 3] });

    [Theory]
    [MemberData(nameof(EachOnGrayAndColors))]
    public void ItIsDeterminedByItsGenerator(int index, int channels)
    {
        var image = Pixels.Noise(17, 19, channels, index);
        var before = image.Pixels.ToArray();

        var first = Enumerable.Range(0, 20).Select(seed => All[index].Apply(image, new Random(seed))).ToArray();
        var second = Enumerable.Range(0, 20).AsParallel().AsOrdered().Select(seed => All[index].Apply(image, new Random(seed))).ToArray();

        Assert.Equal(before, image.Pixels);
        for (var seed = 0; seed < first.Length; seed++)
            Pixels.AssertEqual(first[seed], second[seed], $"seed {seed}");
        Assert.All(first, result => Assert.Equal(channels, result.Channels));
        if (channels == 3)
            Assert.Contains(first, result => !result.Pixels.AsSpan().SequenceEqual(before));
    }

    [Theory]
    [MemberData(nameof(EachOnGrayAndColors))]
    public void ItSurvivesJson(int index, int channels)
    {
        var image = Pixels.Noise(17, 19, channels, index);

        var read = JsonSerializer.Deserialize<ImageAugmentation>(JsonSerializer.Serialize(All[index]))!;

        Assert.IsType(All[index].GetType(), read);
        for (var seed = 0; seed < 5; seed++)
            Pixels.AssertEqual(All[index].Apply(image, new Random(seed)), read.Apply(image, new Random(seed)), $"seed {seed}");
    }

    [Fact]
    public void EveryOtherImageIsMirrored()
    {
        var image = new PixelImage(2, 1, 1, [1, 2]);
        var random = new Random(4);
        var mirrored = Enumerable.Range(0, 2000).Count(_ => new HorizontalFlip().Apply(image, random).Pixels[0] == 2);

        Assert.InRange(mirrored, 900, 1100);
        Assert.Same(image, (new HorizontalFlip() with { Probability = 0 }).Apply(image, random));
    }

    /// <summary>Without weighing, the pixels of a crop say where it was: each has its own colour.</summary>
    [Fact]
    public void ACropsAreaAndProportionsAreThoseAskedFor()
    {
        var (width, height) = (200, 100);
        var image = new PixelImage(width, height, 3, [.. Enumerable.Range(0, width * height).SelectMany(at => new[] { (byte)(at % width), (byte)(at / width), (byte)0 })]);
        var crop = new RandomResizedCrop(100, 100) { Scale = new(0.1, 0.5), Filter = ResamplingFilter.Nearest };
        var random = new Random(5);
        var (areas, places) = (new List<double>(), new HashSet<(int, int)>());

        for (var draw = 0; draw < 500; draw++)
        {
            var pixels = crop.Apply(image, random).Pixels;
            var (left, top, right, bottom) = (pixels[0], pixels[1], pixels[^3], pixels[^2]);
            var (across, down) = (right - left + 1.0, bottom - top + 1.0);
            Assert.InRange(across / down, (3.0 / 4) - 0.1, (4.0 / 3) + 0.1);
            areas.Add(across * down / (width * height));
            places.Add((left, top));
        }

        Assert.InRange(areas.Min(), 0.085, 0.15);
        Assert.InRange(areas.Max(), 0.42, 0.53);
        Assert.InRange(areas.Average(), 0.26, 0.34);
        Assert.InRange(places.Count, 350, 500);
    }

    [Fact]
    public void WhereNoCropFitsItIsTheMiddle()
    {
        var strip = Pixels.Gradient(60, 3, 1);

        var crop = new RandomResizedCrop(3, 4) { Scale = new(1, 1), Filter = ResamplingFilter.Nearest }.Apply(strip, new Random(1));

        Assert.Equal(strip.Crop(28, 0, 4, 3).Pixels, crop.Pixels);
    }

    [Theory]
    [InlineData(PaddingMode.Constant, "0000010203040000")]
    [InlineData(PaddingMode.Edge, "0101010203040404")]
    [InlineData(PaddingMode.Reflect, "0302010203040302")]
    [InlineData(PaddingMode.Symmetric, "0201010203040403")]
    public void PaddingIsWhatItsModeSays(PaddingMode mode, string expected)
    {
        var row = new PixelImage(4, 1, 1, [1, 2, 3, 4]);

        var padded = new RandomCrop(1, 8) { Padding = 2, PaddingMode = mode }.Apply(row, new SecondRow());

        Assert.Equal(expected, Convert.ToHexString(padded.Pixels));
    }

    [Fact]
    public void ErasingOverwritesARectangleAlone()
    {
        var image = new PixelImage(40, 40, 3, [.. Enumerable.Repeat((byte)9, 4800)]);
        var random = new Random(6);

        for (var draw = 0; draw < 100; draw++)
        {
            var erased = new RandomErasing { Probability = 1, Fill = 200 }.Apply(image, random).Pixels;
            var places = Enumerable.Range(0, 1600).Where(at => erased[at * 3] == 200).ToArray();
            var (columns, rows) = (places.Select(at => at % 40).ToHashSet(), places.Select(at => at / 40).ToHashSet());
            Assert.Equal(columns.Count * rows.Count, places.Length);
            Assert.Equal((columns.Max() - columns.Min() + 1, rows.Max() - rows.Min() + 1), (columns.Count, rows.Count));
            Assert.InRange(places.Length / 1600.0, 0.01, 0.36);
            Assert.Equal(places.Length * 3, erased.Count(value => value == 200));
        }
    }

    [Fact]
    public void JitterWithoutRangesChangesNothing()
    {
        var image = Pixels.Noise(6, 5, 3, 7);

        Assert.Same(image, new ColorJitter().Apply(image, new Random(0)));
    }

    [Fact]
    public void SettingsAreChecked()
    {
        Assert.Throws<ArgumentOutOfRangeException>("Probability", () => new Invert { Probability = 1.5 });
        Assert.Throws<ArgumentOutOfRangeException>("Height", () => new RandomResizedCrop(0, 3));
        Assert.Throws<ArgumentOutOfRangeException>("Scale", () => new RandomResizedCrop(3, 3) { Scale = new(0.5, 1.5) });
        Assert.Throws<ArgumentOutOfRangeException>("Ratio", () => new RandomErasing { Ratio = new(0, 1) });
        Assert.Throws<ArgumentOutOfRangeException>("Hue", () => new ColorJitter { Hue = 0.6 });
        Assert.Throws<ArgumentOutOfRangeException>("Brightness", () => new ColorJitter { Brightness = -1 });
        Assert.Throws<ArgumentOutOfRangeException>("Filter", () => new RandAugment { Filter = ResamplingFilter.Lanczos });
        Assert.Throws<ArgumentOutOfRangeException>("Bits", () => new Posterize { Bits = 9 });
        Assert.Throws<ArgumentException>(() => new ValueRange(2, 1));
        Assert.Throws<ArgumentException>("Choices", () => new AugmentationChoice([]));
        Assert.Throws<ArgumentException>(() => new RandomCrop(9, 9).Apply(Pixels.Gradient(8, 9, 1), new Random(0)));
        Assert.Throws<InvalidOperationException>(() => new RandAugment { Magnitude = 31 }.Apply(Pixels.Gradient(8, 9, 1), new Random(0)));
    }

    /// <summary>A generator that takes the crop of a row at the row itself: behind the two rows of padding above it.</summary>
    private sealed class SecondRow : Random
    {
        public override int Next(int maxValue) => maxValue == 1 ? 0 : 2;
    }
}
