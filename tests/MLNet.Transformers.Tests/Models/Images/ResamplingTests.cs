using MLNet.Transformers.Models;

namespace MLNet.Transformers.Tests.Models.Images;

/// <summary>Resizing equals Pillow's, to the last bit.</summary>
public class ResamplingTests
{
    private const int Cases = 360;

    [PillowFact]
    public void EveryFilterEqualsPillowForRandomSizes()
    {
        var random = new Random(20);
        var cases = Enumerable.Range(0, Cases).Select(index => RandomCase(random, index)).ToArray();
        using var input = new MemoryStream();
        using (var writer = new BinaryWriter(input, System.Text.Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(cases.Length);
            foreach (var (image, width, height, filter) in cases)
            {
                writer.Write(image);
                writer.Write(width);
                writer.Write(height);
                writer.Write((int)filter);
            }
        }

        using var expected = new BinaryReader(new MemoryStream(Pillow.Run("pillow_resize.py", input.ToArray())));

        foreach (var (image, width, height, filter) in cases)
            Pixels.AssertEqual(
                expected.ReadImage(),
                image.Resize(width, height, filter),
                $"{filter} from {image.Width} x {image.Height} x {image.Channels} to {width} x {height}");
    }

    private static (PixelImage Image, int Width, int Height, ResamplingFilter Filter) RandomCase(Random random, int index)
    {
        var longest = index % 4 == 0 ? 300 : 50;
        var (width, height, channels) = (random.Next(1, longest), random.Next(1, longest), random.Next(2) == 0 ? 1 : 3);
        var image = random.Next(2) == 0 ? Pixels.Noise(width, height, channels, index) : Pixels.Extremes(width, height, channels, index);
        return (image, index % 7 == 0 ? width : random.Next(1, longest), index % 11 == 0 ? height : random.Next(1, longest), (ResamplingFilter)(index % 6));
    }

    /// <summary>Made with Pillow 9.4: the image's <c>resize((3, 2), filter)</c>, and of its <c>convert("L")</c> <c>resize((4, 9), filter)</c>.</summary>
    [Theory]
    [InlineData(ResamplingFilter.Nearest, "45698D6193C57DBDFDB3C1CFCFEB07EB153F", "21486F9721486F974F769DA84F769DA87DA4AED6ABD2466DABD2466DD94D284FD94D284F")]
    [InlineData(ResamplingFilter.Lanczos, "345C836197BA87C096BFBBC99A7A569A5A3A", "2446698D325378944F7096A66E8CB5CB84A8B5CC99D99A94BACB5F54DE7C2A47EF46124C")]
    [InlineData(ResamplingFilter.Bilinear, "4366896190AC7FB496B1ADBA95805F9C5E4A", "2B4A6E8D3A597D97547397A86D8CA7BA87A6B5CCA1BB8E92B9BF6760CE823E4FDA5D2645")]
    [InlineData(ResamplingFilter.Bicubic, "395E845F92B481BD98BAB5C2987B579B5A42", "25466A8D34557A96517298A96B8DAFC385A7B5CD9FCA9392BACA6459D97A324AE94D1945")]
    [InlineData(ResamplingFilter.Box, "3E5F7F6193A984C88BC8CDD29557428E365E", "2B526F8D2B526F8D59809DAD59809DAD87AEAECCB5CE4664B5CE4664E3312845E3312845")]
    [InlineData(ResamplingFilter.Hamming, "385D81588BB478B9A3B8B8C2957D4EA04E4C", "294B6D8F3153759456789AAC688AA4B985A7B2CEA2BF838CB4CC6665D865304CE0502547")]
    public void EqualsWhatPillowMadeOfAGradient(ResamplingFilter filter, string smaller, string grayAndTaller)
    {
        var image = Pixels.Gradient(7, 5, 3);

        Assert.Equal(smaller, Convert.ToHexString(image.Resize(3, 2, filter).Pixels));
        Assert.Equal(grayAndTaller, Convert.ToHexString(image.ToGray().Resize(4, 9, filter).Pixels));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void VectorsWeighLikePlainLoops(int channels)
    {
        var row = Pixels.Extremes(97, 1, channels, 3);
        foreach (var filter in new[] { ResamplingFilter.Box, ResamplingFilter.Bilinear, ResamplingFilter.Lanczos })
            foreach (var width in new[] { 1, 2, 40, 96, 98, 300 })
            {
                var axis = ResamplingAxis.Of(row.Width, width, filter);
                var (plain, chosen) = (new byte[width * channels], new byte[width * channels]);
                HorizontalPass.WeighPlainly(row.Pixels, channels, axis, new Extent(0, width), plain);

                HorizontalPass.Run(row.View, axis, new Extent(0, width), chosen);

                Assert.Equal(plain, chosen);
            }
    }

    [Fact]
    public void APartIsThatPartOfTheWhole()
    {
        var image = Pixels.Noise(83, 61, 3, 4);
        var whole = image.Resize(50, 90, ResamplingFilter.Bicubic);
        var part = new byte[20 * 30 * 3];

        Resampling.Run(image.View, 50, 90, ResamplingFilter.Bicubic, new Extent(7, 20), new Extent(41, 30), part);

        Assert.Equal(whole.Crop(7, 41, 20, 30).Pixels, part);
    }

    [Fact]
    public void LuminanceIsThatOfRecommendation601()
    {
        var colors = Pixels.Noise(64, 1, 3, 5);
        var gray = colors.ToGray();

        for (var at = 0; at < gray.Width; at++)
        {
            var exact = (0.299 * colors.Pixels[at * 3]) + (0.587 * colors.Pixels[(at * 3) + 1]) + (0.114 * colors.Pixels[(at * 3) + 2]);
            Assert.InRange(gray.Pixels[at], exact - 0.51, exact + 0.51);
        }
    }

    [Fact]
    public void SizesAreChecked()
    {
        var image = Pixels.Gradient(4, 3, 1);

        Assert.Throws<ArgumentOutOfRangeException>("width", () => image.Resize(0, 3));
        Assert.Throws<ArgumentOutOfRangeException>("height", () => image.Resize(3, -1));
        Assert.Throws<ArgumentOutOfRangeException>("filter", () => image.Resize(3, 3, (ResamplingFilter)6));
        Assert.Throws<ArgumentOutOfRangeException>("width", () => image.Crop(1, 0, 4, 1));
        Assert.Throws<ArgumentOutOfRangeException>("top", () => image.Crop(1, -1, 1, 1));
    }
}
