namespace Publicize;

/// <summary>A list of internal names by assembly: a line names an assembly, the indented lines under it its types and members.</summary>
internal static class InternalsList
{
    public static ILookup<string, string> Read(string path)
    {
        var names = new List<(string Assembly, string Name)>();
        string? assembly = null;
        foreach (var line in File.ReadLines(path).Where(line => line.Trim() is not ("" or ['#', ..])))
        {
            if (!char.IsWhiteSpace(line[0]))
            {
                assembly = line.Trim();
            }
            else
            {
                names.Add((assembly ?? throw new FormatException($"{path}: {line.Trim()} stands under no assembly"), line.Trim()));
            }
        }

        return names.ToLookup(entry => entry.Assembly, entry => entry.Name);
    }
}
