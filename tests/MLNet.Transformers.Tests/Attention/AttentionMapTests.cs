using System.Xml.Linq;
using Microsoft.ML.Data;
using MLNet.Transformers.Models;

namespace MLNet.Transformers.Tests;

public sealed class AttentionMapTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void ATextsSvgHasEveryTokenAndEveryWeight()
    {
        var weights = Maps.Weights(2, 3, Maps.Sentence.Length);
        var map = AttentionMap.OfText(Maps.Sentence, weights).WithTitle("A cat & a mat");
        var picture = XDocument.Parse(map.ToSvg(new AttentionView { Layer = 1, Head = 2, Query = 8 }));
        Assert.Equal("A cat & a mat", picture.Root!.Element(Svg + "title")!.Value);
        Assert.Contains("layer 2 of 2, head 3 of 3: what “it” looks at", picture.Root.Value);
        var texts = picture.Descendants(Svg + "text").Select(text => text.Value).ToArray();
        Assert.All(Maps.Sentence, token => Assert.True(texts.Count(text => text == token) >= 3, token));
        var tips = picture.Descendants(Svg + "rect").Select(cell => cell.Element(Svg + "title")?.Value).OfType<string>().ToHashSet();
        Assert.Contains($"it → cat: {MapNumbers.Exact(weights.Of(1, 2)[8 * Maps.Sentence.Length + 2])}", tips);
        Assert.Contains($"it: {MapNumbers.Exact(weights.Of(1, 2)[8 * Maps.Sentence.Length + 8])}", tips);
        // Sizes say what colours do: the area of a square is its share of the largest.
        var (most, cell) = (weights.Of(1, 2).ToArray().Max(), picture.Descendants(Svg + "rect").Single(rect => rect.Value.StartsWith("it → cat", StringComparison.Ordinal)));
        Assert.Equal(weights.Of(1, 2)[8 * Maps.Sentence.Length + 2] / most, Math.Pow((double)cell.Attribute("width")! / 36, 2), 2e-3);
    }

    [Fact]
    public void OddTokensAndLongTextsMakeGoodSvg()
    {
        var odd = XDocument.Parse(AttentionMap.OfText(Maps.Odd, Maps.Weights(1, 1, Maps.Odd.Length)).ToSvg());
        Assert.Contains("</script>", odd.Descendants(Svg + "text").Select(text => text.Value));
        var tokens = Enumerable.Range(0, 100).Select(index => $"token{index}").ToArray();
        var large = AttentionMap.OfText(tokens, Maps.Weights(1, 1, 100)).ToSvg();
        Assert.InRange(large.Length, 10_000, 300_000);
        Assert.Single(XDocument.Parse(large).Descendants(Svg + "image"));
    }

    [Fact]
    public void ATextsPngHasAShadeForEveryWeight()
    {
        var weights = new AttentionWeights([1, 0, 0.25f, 0.75f], 1, 1, 2, 2);
        using var image = Decode(AttentionMap.OfText(["a", "b"], weights).ToPng());
        Assert.Equal((512, 512), (image.Width, image.Height));
        double[] lumas = [.. new[] { (128, 128), (384, 128), (128, 384), (384, 384) }.Select(place => Luma(image, place.Item1, place.Item2))];
        Assert.Equal([0, 3, 2, 1], Enumerable.Range(0, 4).OrderBy(index => lumas[index]));
    }

    [Fact]
    public void AnImagesPngIsBrightestWhereAttentionIs()
    {
        var values = new float[25];
        Array.Fill(values, 0.01f);
        values[4] = 0.9f;
        var map = AttentionMap.OfImage(new PixelImage(8, 8, 1, [.. Enumerable.Repeat((byte)90, 64)]), new ImageGrid(2, 2), 1, new AttentionWeights(values, 1, 1, 5, 5));
        using var image = Decode(map.ToPng());
        Assert.Equal((448, 448), (image.Width, image.Height));
        Assert.True(Luma(image, 400, 400) > 2 * Luma(image, 48, 48));
        Assert.Equal(Luma(image, 48, 48), Luma(image, 60, 60), 1);
        // Halfway between the centres of two patches lies the mean of both.
        Assert.InRange(Luma(image, 336, 224), Luma(image, 336, 112) + 10, Luma(image, 336, 336) - 10);
        var picture = XDocument.Parse(map.ToSvg(new AttentionView { Query = 2 }));
        Assert.Contains("what the patch 1, 2 looks at", picture.Root!.Value);
        Assert.Contains("patch 2, 2: 0.01", picture.Descendants(Svg + "title").Select(title => title.Value));
    }

    [Fact]
    public void ColorsGrowLighterInEvenSteps()
    {
        var lightness = ColorScale.Colors.Select(color => Lightness(color)).ToArray();
        var steps = lightness.Skip(1).Zip(lightness, (next, last) => next - last).ToArray();
        Assert.InRange(steps.Min(), 0.6 * steps.Average(), steps.Average());
        Assert.InRange(steps.Max(), steps.Average(), 1.4 * steps.Average());
        Assert.True(lightness[^1] - lightness[0] > 80);
        Assert.All(ColorScale.Colors, color => Assert.True(Contrast(color, color.Ink == "#000000" ? 0 : 1) >= 4.5, $"{color.Hex} under {color.Ink}"));
    }

    [Fact]
    public void RefusesWhatDoesNotGoTogether()
    {
        var weights = Maps.Weights(2, 2, 5);
        Assert.Contains("4 tokens", Assert.Throws<ArgumentException>(() => { AttentionMap.OfText(["a", "b", "c", "d"], weights); }).Message);
        Assert.Contains("2 × 3 patches", Assert.Throws<ArgumentException>(() => { AttentionMap.OfImage(Maps.Picture(), new ImageGrid(2, 3), 1, weights); }).Message);
        var map = AttentionMap.OfText(["a", "b", "c", "d", "e"], weights);
        Assert.Throws<ArgumentOutOfRangeException>(() => map.ToSvg(new AttentionView { Layer = 2 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => map.ToPng(new AttentionView { Head = -1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => map.ToSvg(new AttentionView { Query = 5 }));
    }

    private static MLImage Decode(byte[] png) => MLImage.CreateFromStream(new MemoryStream(png));

    private static double Luma(MLImage image, int x, int y)
    {
        var at = (y * image.Width + x) * 3;
        var pixels = image.GetBGRPixels;
        return 0.0722 * pixels[at] + 0.7152 * pixels[at + 1] + 0.2126 * pixels[at + 2];
    }

    /// <summary>L* of <see href="https://www.w3.org/TR/css-color-4/#cie-lab">CIE Lab</see>, from 0 to 100.</summary>
    private static double Lightness(Rgb color) => Luminance(color) is var luminance && luminance > 216 / 24389.0
        ? 116 * Math.Cbrt(luminance) - 16
        : luminance * 24389 / 27;

    private static double Contrast(Rgb color, double ink) => (Math.Max(Luminance(color), ink) + 0.05) / (Math.Min(Luminance(color), ink) + 0.05);

    private static double Luminance(Rgb color)
    {
        static double Linear(byte value) => value / 255.0 is var share && share <= 0.04045 ? share / 12.92 : Math.Pow((share + 0.055) / 1.055, 2.4);
        return 0.2126 * Linear(color.Red) + 0.7152 * Linear(color.Green) + 0.0722 * Linear(color.Blue);
    }
}
