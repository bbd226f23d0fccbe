using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Transformers.Tool;
using MLNet.Transformers.Tool.Data;

namespace MLNet.Transformers.Tests.Tool.Data;

public class ImageFolderTests
{
    private static readonly byte[] s_gif = [.. "GIF89a"u8, 1, 0, 1, 0];

    private static DataFiles Photos(params string[] images)
    {
        var files = new DataFiles();
        foreach (var image in images)
            files.Write(Path.Combine("photos", image), [.. s_gif, (byte)image.Length]);
        return files;
    }

    private static string[] Many(string folder) => [.. Enumerable.Range(0, 10).Select(number => $"{folder}/{number}.gif")];

    [Fact]
    public void FoldersAreClassesAndFilesAreRowsInTheOrderOfTheirNames()
    {
        using var files = Photos([.. Many("dog"), "Zebra/b.GIF", "Zebra/a.gif", "Zebra/B.gif", "Zebra/notes.txt", ".git/x.gif", "dog/.x.gif", "cat/deep/x.gif"]);

        var dataset = (ImageFolderDataset)DatasetReader.Read(files.Job("image-classification", files.Path("photos")));

        Assert.Equal(["Zebra", "dog"], dataset.Classes);
        Assert.Equal(13, dataset.RowCount);
        Assert.Equal(["These folders have no images directly in them (png, jpg, jpeg, gif, bmp) and are left out: 'cat'."], dataset.Warnings);
        var rows = dataset.Load(new MLContext());
        Assert.Equal(["Label", "ImageSource"], rows.Schema.Select(column => column.Name));
        Assert.Equal(["Zebra", "Zebra", "Zebra", "dog"], rows.GetColumn<string>("Label").Take(4));
        Assert.Equal(
            [.. new[] { "Zebra/B.gif", "Zebra/a.gif", "Zebra/b.GIF", "dog/0.gif" }.Select(image => File.ReadAllBytes(files.Path(Path.Combine("photos", image))))],
            rows.GetColumn<byte[]>("ImageSource").Take(4).ToArray());
    }

    [Fact]
    public void FilesAreReadWhenTheirRowIs()
    {
        using var files = Photos([.. Many("dog"), .. Many("cat")]);
        var rows = DatasetReader.Read(files.Job("image-classification", files.Path("photos"))).Load(new MLContext());

        Directory.Delete(files.Path("photos"), recursive: true);

        Assert.Equal(20, rows.GetColumn<string>("Label").Count());
        Assert.ThrowsAny<Exception>(() => rows.GetColumn<byte[]>("ImageSource").First());
    }

    [Fact]
    public void WhatIsNoImageIsNamed()
    {
        using var files = Photos([.. Many("dog"), .. Many("cat")]);
        var job = files.Job("image-classification", files.Path("photos"));

        files.Write("photos/dog/10.png", "text, not pixels");
        Assert.Equal("photos/dog/10.png is no image: it does not begin as a PNG, JPEG, GIF or BMP file does.", files.Refusal(job).Replace('\\', '/'));
        files.Write("photos/dog/10.png", "");
        Assert.Equal("photos/dog/10.png is empty.", files.Refusal(job).Replace('\\', '/'));
    }

    [Fact]
    public void FoldersThatWillNotDoAreRefused()
    {
        using var files = Photos(Many("dog"));
        var job = files.Job("image-classification", files.Path("photos"));

        Assert.Equal("photos must have a folder of images for each class, two or more, and has only 'dog'.", files.Refusal(job));
        Assert.Equal("photos/dog must have a folder of images for each class, two or more, and has none.", files.Refusal(job with { DatasetPath = files.Path("photos/dog") }));
        Assert.Equal("There is no folder nowhere.", files.Refusal(job with { DatasetPath = files.Path("nowhere") }));
        Assert.Equal(
            "photos/dog/0.gif is a file: name the folder that has a folder of images for each class.", files.Refusal(job with { DatasetPath = files.Path("photos/dog/0.gif") }));
        files.Write("few/a/1.gif", s_gif);
        files.Write("few/b/1.gif", s_gif);
        Assert.Equal("few has 2 images; at least 10 are needed to learn from some and to measure on others.", files.Refusal(job with { DatasetPath = files.Path("few") }));
    }

    [Fact]
    public void ValidationImagesAreOfTheSameClasses()
    {
        using var files = Photos([.. Many("dog"), .. Many("cat")]);
        files.Write("valid/dog/1.gif", s_gif);
        files.Write("valid/cow/1.gif", s_gif);
        var job = files.Job("image-classification", files.Path("photos")) with { ValidationPath = files.Path("valid") };
        var dataset = DatasetReader.Read(job);

        var validation = DatasetReader.ReadValidation(job, dataset)!;

        Assert.Equal(2, validation.RowCount);
        Assert.Contains("photos has no images of 'cow', so the model cannot know them.", validation.Warnings.Select(files.Short));
        Directory.Delete(files.Path("valid/dog"), recursive: true);
        Assert.Equal(
            "valid has no folder of images of a class that photos has.",
            files.Short(Assert.Throws<InputException>(() => DatasetReader.ReadValidation(job, dataset)).Message));
    }
}
