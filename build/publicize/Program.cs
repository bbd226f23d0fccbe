using Publicize;

if (args is not [var list, var folder, _, ..])
{
    Console.Error.WriteLine("usage: publicize LIST.txt FOLDER ASSEMBLY.dll...   writes a copy of each assembly to FOLDER, its listed internals public");
    return 2;
}

try
{
    var internals = InternalsList.Read(list);
    Directory.CreateDirectory(folder);
    foreach (var path in args[2..])
    {
        using var image = new AssemblyImage(File.ReadAllBytes(path));
        var names = internals[image.Name];
        if (!names.Any())
        {
            throw new FormatException($"{list} lists nothing of {image.Name}");
        }

        foreach (var name in names)
        {
            image.MakePublic(name);
        }

        File.WriteAllBytes(Path.Combine(folder, Path.GetFileName(path)), image.Bytes);
    }

    return 0;
}
catch (Exception problem) when (problem is MissingMemberException or FormatException or BadImageFormatException or IOException)
{
    // The form that MSBuild reads as an error.
    Console.Error.WriteLine($"publicize : error : {problem.Message}");
    return 1;
}
