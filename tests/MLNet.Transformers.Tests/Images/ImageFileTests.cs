using MLNet.Transformers.Models;
using MLNet.Transformers.Tests.Models.Images;

namespace MLNet.Transformers.Tests.Images;

public sealed class ImageFileTests(PillowFiles files) : IClassFixture<PillowFiles>
{
    [PillowFact]
    public void EveryKindOfFileGivesPillowsPixels()
    {
        Assert.Equal(47, files.All.Count());
        Assert.Empty(files.All.Select(file => file.Problem(ImageFile.Decode(file.File, file.Name))).OfType<string>());
    }

    [PillowFact]
    public void AFileIsReadAsItsBytesAre()
    {
        using var folder = new TemporaryFolder();
        foreach (var file in files.All)
        {
            File.WriteAllBytes(folder.File(file.Name), file.File);
            Assert.Null(file.Problem(ImageFile.Read(folder.File(file.Name))));
        }
    }

    [PillowFact]
    public void ManyThreadsSeeTheSame()
    {
        var problems = files.All.SelectMany(file => Enumerable.Repeat(file, 20)).AsParallel().WithDegreeOfParallelism(4)
            .Select(file => file.Problem(ImageFile.Decode(file.File, file.Name))).OfType<string>();
        Assert.Empty(problems);
    }

    [PillowFact]
    public void AnImageMayHaveAsManyPixelsAsAreAllowed()
    {
        var file = files["rgb.png"];
        Assert.Null(file.Problem(ImageFile.Decode(file.File, file.Name, file.Width * file.Height)));
        Assert.Equal(
            $"Row 3 is no image that can be read: the PNG has {file.Width} x {file.Height} pixels, and {(file.Width * file.Height) - 1} are allowed.",
            Assert.Throws<InvalidDataException>(() => ImageFile.Decode(file.File, "Row 3", (file.Width * file.Height) - 1)).Message);
    }

    [Theory]
    [InlineData(1, "1 2 3 4 5 6")]
    [InlineData(2, "3 2 1 6 5 4")]
    [InlineData(3, "6 5 4 3 2 1")]
    [InlineData(4, "4 5 6 1 2 3")]
    [InlineData(5, "1 4 2 5 3 6")]
    [InlineData(6, "4 1 5 2 6 3")]
    [InlineData(7, "6 3 5 2 4 1")]
    [InlineData(8, "3 6 2 5 1 4")]
    [InlineData(9, "1 2 3 4 5 6")]
    public void AnOrientationIsWhereTheFirstRowAndColumnAre(int orientation, string expected)
    {
        var seen = ImageOrientation.Numbered(orientation).Apply(new PixelImage(3, 2, 1, [1, 2, 3, 4, 5, 6]));
        Assert.Equal(expected, string.Join(' ', seen.Pixels));
        Assert.Equal(orientation is >= 5 and <= 8 ? (2, 3) : (3, 2), (seen.Width, seen.Height));
    }
}
