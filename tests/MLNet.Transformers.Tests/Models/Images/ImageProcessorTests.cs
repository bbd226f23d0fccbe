using System.Text;
using MLNet.Transformers.Models;

namespace MLNet.Transformers.Tests.Models.Images;

/// <summary>Processing equals what the published processors compute.</summary>
public class ImageProcessorTests
{
    private static readonly ImageProcessor Clip = ImageProcessor.Of("clip", 224, 3);

    private static readonly (ImageProcessor Processor, PixelImage Image)[] Cases =
    [
        (ImageProcessor.Of("vit", 224, 3), Pixels.Noise(300, 200, 3, 1)),
        (ImageProcessor.Of("vit", 28, 1), Pixels.Noise(28, 28, 1, 2)),
        (ImageProcessor.Of("vit", 32, 3), Pixels.Noise(50, 41, 1, 3)),
        (ImageProcessor.Of("vit", 32, 1), Pixels.Noise(50, 41, 3, 4)),
        (ImageProcessor.Of("deit", 224, 3), Pixels.Noise(301, 199, 3, 5)),
        (ImageProcessor.Of("dinov2", 518, 3), Pixels.Noise(333, 257, 3, 6)),
        (ImageProcessor.Of("swin", 224, 3), Pixels.Noise(120, 300, 3, 7)),
        (Clip, Pixels.Noise(347, 241, 3, 8)),
        (Clip, Pixels.Noise(241, 348, 3, 9)),
        (Clip, Pixels.Noise(225, 225, 1, 10)),
        (Clip with { Size = ResizeTarget.Shortest(37), CropSize = new(50, 31) }, Pixels.Noise(60, 41, 3, 11)),
        (Clip with { Resizes = false, CropSize = new(40, 21) }, Pixels.Noise(24, 33, 3, 12)),
        (Clip with { Resizes = false, CropSize = new(21, 40) }, Pixels.Noise(25, 34, 1, 13)),
        (Clip with { CropsCenter = false, Size = new ResizeTarget { ShortestEdge = 80, LongestEdge = 133 } }, Pixels.Noise(211, 61, 3, 14)),
        (Clip with { CropsCenter = false, Size = new ResizeTarget { ShortestEdge = 80, LongestEdge = 133 } }, Pixels.Noise(71, 61, 3, 15)),
        (Clip with { CropsCenter = false, Size = ResizeTarget.Shortest(64), KeptPart = 0.875 }, Pixels.Noise(99, 173, 3, 16)),
        (Clip with { CropsCenter = false, Size = ResizeTarget.Shortest(384), KeptPart = 0.875 }, Pixels.Noise(99, 173, 3, 17)),
        (Clip with { CropSize = new(60, 60), Size = ResizeTarget.Shortest(64), KeptPart = 0.9 }, Pixels.Noise(99, 173, 3, 18)),
        (Clip with { Rescales = false }, Pixels.Noise(99, 73, 3, 19)),
        (Clip with { Normalizes = false, RescaleFactor = 1 / 127.5 }, Pixels.Noise(99, 73, 3, 20)),
    ];

    [PillowFact]
    public void EveryValueIsThatOfTheReference()
    {
        using var input = new MemoryStream();
        using (var writer = new BinaryWriter(input, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(Cases.Length);
            foreach (var (processor, image) in Cases)
            {
                var options = Encoding.UTF8.GetBytes(processor.ToJson());
                writer.Write(options.Length);
                writer.Write(options);
                writer.Write(image);
            }
        }

        using var expected = new BinaryReader(new MemoryStream(Pillow.Run("pillow_process.py", input.ToArray())));

        foreach (var (processor, image) in Cases)
        {
            var (channels, height, width) = (expected.ReadInt32(), expected.ReadInt32(), expected.ReadInt32());
            var values = new float[channels * height * width];
            processor.Process(image, values);
            Assert.Equal((width, height, channels), (processor.SizeOf(image.Width, image.Height).Width, processor.SizeOf(image.Width, image.Height).Height, processor.Channels));
            for (var at = 0; at < values.Length; at++)
                Assert.Equal(expected.ReadSingle(), values[at]);
        }
    }

    [Fact]
    public void AFittedImageIsWhatTheNumbersAreMadeOf()
    {
        foreach (var (processor, image) in Cases)
        {
            var fitted = processor.Fit(image);
            var (expected, actual) = (new float[fitted.Pixels.Length], new float[fitted.Pixels.Length]);

            processor.Process(image, expected);
            (processor with { Resizes = false, CropsCenter = false }).Process(fitted, actual);

            Assert.Equal(processor.SizeOf(image.Width, image.Height), (fitted.Width, fitted.Height));
            Assert.Equal(expected, actual);
        }
    }

    [Fact]
    public void APixelOfEachChannelIsRescaledAndNormalised()
    {
        var processor = Clip with { Size = ResizeTarget.Square(1), CropsCenter = false };
        var values = new float[3];

        processor.Process(new PixelImage(1, 1, 3, [255, 0, 51]), values);

        Assert.Equal((1 - 0.48145466) / 0.26862954, values[0], 1e-6);
        Assert.Equal(-0.4578275 / 0.26130258, values[1], 1e-6);
        Assert.Equal((0.2 - 0.40821073) / 0.27577711, values[2], 1e-6);
    }

    [Fact]
    public void WhatIsMissingAroundASmallImageIsBlack()
    {
        var processor = new ImageProcessor { Resizes = false, CropsCenter = true, CropSize = new(2, 4), Mean = [0.25], Deviation = [0.5] };
        var values = new float[8];

        processor.Process(new PixelImage(1, 1, 1, [255]), values);

        Assert.Equal([-0.5f, -0.5f, -0.5f, -0.5f, -0.5f, -0.5f, 1.5f, -0.5f], values);
    }

    [Fact]
    public void ABatchIsItsImagesInOrder()
    {
        var processor = ImageProcessor.Of("vit", 16, 3);
        var images = Enumerable.Range(0, 33).Select(seed => Pixels.Noise(20 + seed, 40 - seed, seed % 2 == 0 ? 3 : 1, seed)).ToArray();
        var size = 3 * 16 * 16;

        using var batch = processor.Batch([.. images.Select(image => (Func<PixelImage>)(() => image))]);

        Assert.Equal([33, 3, 16, 16], batch.Pixels.shape);
        var values = batch.Pixels.data<float>().ToArray();
        for (var index = 0; index < images.Length; index++)
        {
            var single = new float[size];
            processor.Process(images[index], single);
            Assert.Equal(single, values[(index * size)..((index + 1) * size)]);
        }
    }

    [Fact]
    public void ImagesOfOtherSizesCanBeABatchWhenTheyComeOutAlike()
    {
        var processor = new ImageProcessor { Size = ResizeTarget.Shortest(8) };

        using var batch = processor.Batch([() => Pixels.Noise(30, 20, 3, 1), () => Pixels.Noise(60, 40, 3, 2)]);

        Assert.Equal([2, 3, 8, 12], batch.Pixels.shape);
        var exception = Assert.Throws<ArgumentException>(() => processor.Batch([() => Pixels.Noise(30, 20, 3, 1), () => Pixels.Noise(20, 30, 3, 2)]));
        Assert.Contains("Image 1 comes out as 8 x 12", exception.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => processor.Height);
    }

    [Fact]
    public void TheFirstExceptionOfAnImageComesOutAsItself()
    {
        var images = Enumerable.Range(0, 64)
            .Select(index => (Func<PixelImage>)(() => index % 10 == 7 ? throw new InvalidDataException($"Image {index} is broken.") : Pixels.Gradient(9, 9, 3)))
            .ToArray();

        var exception = Assert.Throws<InvalidDataException>(() => ImageProcessor.Of("vit", 8, 3).Batch(images));

        Assert.Equal("Image 7 is broken.", exception.Message);
    }

    [Fact]
    public void RoomAndImagesAreChecked()
    {
        var processor = ImageProcessor.Of("vit", 8, 3);

        Assert.Throws<ArgumentException>("target", () => processor.Process(Pixels.Gradient(9, 9, 3), new float[8 * 8]));
        Assert.Throws<ArgumentException>("images", () => processor.Batch([]));
        Assert.Throws<InvalidOperationException>(() => (processor with { Deviation = [1, 0, 1] }).Process(Pixels.Gradient(9, 9, 3), new float[3 * 8 * 8]));
    }
}
