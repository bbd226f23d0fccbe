namespace MLNet.Transformers.Tool.Data;

/// <summary>Finds the images in a folder with a folder for each class.</summary>
internal static class ImageFolder
{
    private const int FewestImages = 10;

    private static readonly HashSet<string> s_extensions = new(StringComparer.OrdinalIgnoreCase) { ".png", ".jpg", ".jpeg", ".gif", ".bmp" };

    /// <summary>The images to learn from.</summary>
    /// <exception cref="InputException">There is no such folder, it has fewer than two classes, or a file is no image.</exception>
    public static ImageFolderDataset Read(string folder)
    {
        var dataset = Find(folder);
        if (dataset.Classes.Count < 2)
            throw new InputException(
                $"{folder} must have a folder of images for each class, two or more, and has {(dataset.Classes.Count == 0 ? "none" : $"only '{dataset.Classes[0]}'")}.");
        if (dataset.RowCount < FewestImages)
            throw new InputException($"{folder} has {dataset.RowCount} images; at least {FewestImages} are needed to learn from some and to measure on others.");
        return dataset;
    }

    /// <summary>The images to measure on.</summary>
    /// <exception cref="InputException">There is no such folder, or it has no class that is learnt.</exception>
    public static ImageFolderDataset ReadAlike(string folder, ImageFolderDataset learnt)
    {
        var dataset = Find(folder);
        string[] unknown = [.. dataset.Classes.Except(learnt.Classes, StringComparer.Ordinal)];
        if (unknown.Length == dataset.Classes.Count)
            throw new InputException($"{folder} has no folder of images of a class that {learnt.Path} has.");
        return unknown.Length == 0 ? dataset : dataset with
        {
            Warnings = [.. dataset.Warnings, $"{learnt.Path} has no images of {NamedColumns.Listed(unknown)}, so the model cannot know them."],
        };
    }

    /// <summary>The images of a folder with their classes, sorted by the names of folders and files, character by character.</summary>
    public static IEnumerable<(string Class, string File)> Files(string folder) =>
        from path in Visible(Directory.EnumerateDirectories(folder))
        from file in Visible(Directory.EnumerateFiles(path))
        where s_extensions.Contains(Path.GetExtension(file))
        select (Path.GetFileName(path), file);

    private static ImageFolderDataset Find(string folder)
    {
        if (File.Exists(folder))
            throw new InputException($"{folder} is a file: name the folder that has a folder of images for each class.");
        if (!Directory.Exists(folder))
            throw new InputException($"There is no folder {folder}.");
        try
        {
            var images = Files(folder).ToArray();
            foreach (var (_, file) in images)
                ImageSignature.Check(file);
            var counts = images.CountBy(image => image.Class).ToDictionary();
            string[] empty = [.. Visible(Directory.EnumerateDirectories(folder)).Select(path => Path.GetFileName(path)).Where(name => !counts.ContainsKey(name))];
            string[] single = [.. counts.Where(pair => pair.Value == 1).Select(pair => pair.Key)];
            return new ImageFolderDataset(folder, [.. images.Select(image => image.Class).Distinct()])
            {
                RowCount = images.Length,
                Warnings =
                [
                    .. empty.Length == 0 ? (string[])[] : [$"These folders have no images directly in them (png, jpg, jpeg, gif, bmp) and are left out: {NamedColumns.Listed(empty)}."],
                    .. single.Length == 0 ? (string[])[] : [$"One image only is too little to learn from and to measure on: {NamedColumns.Listed(single)}."],
                ],
            };
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{folder} cannot be read: {denied.Message}");
        }
    }

    // Names with a dot first are those of tools, such as .git and .ipynb_checkpoints.
    private static IEnumerable<string> Visible(IEnumerable<string> paths) =>
        paths.Where(path => !Path.GetFileName(path).StartsWith('.')).OrderBy(Path.GetFileName, StringComparer.Ordinal);
}
