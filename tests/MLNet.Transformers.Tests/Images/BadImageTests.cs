using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using MLNet.Transformers.Tests.Models.Images;

namespace MLNet.Transformers.Tests.Images;

public sealed class BadImageTests(PillowFiles files) : IClassFixture<PillowFiles>
{
    // Small files of each format, and of each way through the decoders.
    private static readonly string[] Samples =
        ["rgb.png", "palette.png", "interlaced.png", "rgb-16-bit.png", "rgb.jpg", "progressive.jpg", "cmyk.jpg", "palette.gif", "transparent.gif", "rgb.bmp", "grey.bmp"];

    [Theory]
    [InlineData("", "it is empty")]
    [InlineData("not an image", "it is neither PNG, JPEG, GIF nor BMP")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>", "it is neither PNG, JPEG, GIF nor BMP")]
    [InlineData("BM", "the BMP is truncated")]
    [InlineData("GIF89a", "the GIF is truncated")]
    public void WhatIsNoImageIsNamed(string content, string reason)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("image.png");
        File.WriteAllText(path, content);
        Assert.Equal($"The file '{path}' is no image that can be read: {reason}.", Assert.Throws<InvalidDataException>(() => ImageFile.Read(path)).Message);
    }

    [Fact]
    public void WhatCannotBeReadIsNamed()
    {
        using var folder = new TemporaryFolder();
        foreach (var path in new[] { folder.File("absent.png"), folder.Path, "", "\0" })
            Assert.StartsWith($"The file '{path}' cannot be read: ", Assert.Throws<InvalidDataException>(() => ImageFile.Read(path)).Message, StringComparison.Ordinal);
    }

    [PillowTheory]
    [InlineData("rgb.png", 16, true, 4)]
    [InlineData("rgb.gif", 6, false, 2)]
    [InlineData("rgb.bmp", 18, false, 4)]
    [InlineData("rgb.jpg", -1, true, 2)]
    public void AHeaderWithoutPixelsOrWithTooManyIsRefused(string name, int at, bool bigEndian, int bytes)
    {
        var file = files[name.Replace("rgb.gif", "palette.gif", StringComparison.Ordinal)].File;
        var format = Path.GetExtension(name)[1..].ToUpperInvariant().Replace("JPG", "JPEG", StringComparison.Ordinal);
        if (at < 0)
            at = file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]) + 5;
        Assert.Equal($"It is no image that can be read: the {format} has no pixels: 0 x 0.", Refusal(Sized(0)));
        // A bitmap says how many bytes it has, so that one without them is truncated.
        Assert.Equal(
            name == "rgb.bmp" ? "It is no image that can be read: the BMP is truncated." : $"It is no image that can be read: the {format} has 20000 x 20000 pixels, and 89478485 are allowed.",
            Refusal(Sized(20_000)));

        byte[] Sized(int size)
        {
            var changed = file.ToArray();
            foreach (var place in new[] { at, at + bytes })
            {
                var span = changed.AsSpan(place, bytes);
                if (bytes == 4 && bigEndian)
                    BinaryPrimitives.WriteInt32BigEndian(span, size);
                else if (bytes == 4)
                    BinaryPrimitives.WriteInt32LittleEndian(span, size);
                else if (bigEndian)
                    BinaryPrimitives.WriteUInt16BigEndian(span, (ushort)size);
                else
                    BinaryPrimitives.WriteUInt16LittleEndian(span, (ushort)size);
            }
            return changed;
        }
    }

    [PillowFact]
    public void ATruncatedFileIsRefusedUnlessOnlyItsLastBytesAreMissing()
    {
        foreach (var file in Samples.Select(name => files[name]))
        {
            // The trailer of a GIF, and what stands behind the last pixel of a bitmap.
            for (var length = 0; length < file.File.Length; length++)
            {
                try
                {
                    Assert.Null(file.Problem(ImageFile.Decode(file.File.AsMemory(0, length), file.Name)));
                    Assert.InRange(file.File.Length - length, 1, 3);
                }
                catch (InvalidDataException exception)
                {
                    Assert.StartsWith(file.Name, exception.Message, StringComparison.Ordinal);
                }
            }
        }
    }

    [PillowFact]
    public void DamagedFilesEndNoProcessPrintNothingAndTakeLittleMemory()
    {
        using var folder = new TemporaryFolder();
        foreach (var name in Samples)
            File.WriteAllBytes(folder.File(name), files[name].File);
        File.WriteAllBytes(folder.File("bomb.png"), files.Bomb);
        using var process = Process.Start(new ProcessStartInfo("dotnet", [typeof(NewProcess).Assembly.Location, "damage-images", folder.Path])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal((0, ""), (process.ExitCode, errors.Result));
        var numbers = output.Split(' ').Select(number => long.Parse(number, CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal((Samples.Length + 1) * DamagedImages.PerFile, numbers[0] + numbers[1]);
        Assert.All(numbers[..2], count => Assert.True(count > 0, output));
        Assert.InRange(numbers[2], 1, 256L << 20);
    }

    [PillowFact]
    public void ABombIsRefused() =>
        Assert.Equal("It is no image that can be read: the PNG has 20000 x 20000 pixels, and 89478485 are allowed.", Refusal(files.Bomb));

    private static string Refusal(byte[] file) => Assert.Throws<InvalidDataException>(() => ImageFile.Decode(file, "It")).Message;
}
