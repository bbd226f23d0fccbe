using System.Globalization;

namespace MLNet.Transformers.Tool.Data.Conversion;

/// <summary>A file with a word and its tag a line, and an empty line after each sentence.</summary>
/// <remarks><see href="https://www.clips.uantwerpen.be/conll2003/ner/"/>.</remarks>
internal static class ConllFile
{
    private const int SampleLines = 2000;
    private const double Most = 0.9;
    private const string DocumentStart = "-DOCSTART-";

    /// <summary>Whether a file looks like one: most lines have the same number of words and end with a tag, and some are empty.</summary>
    public static bool Looks(string path)
    {
        string[][] lines = [.. Lines(path).Take(SampleLines).Select(line => line.Words)];
        string[][] written = [.. lines.Where(words => words.Length > 0)];
        if (written.Length is 0 || written.Length == lines.Length)
            return false;
        var (width, agreeing) = written.CountBy(words => words.Length).MaxBy(count => count.Value);
        var tagged = written.Count(words => ColumnStatistics.IsTag(words[^1]));
        return width > 1 && agreeing >= Most * written.Length && tagged > written.Length / 2;
    }

    /// <summary>Reads a file.</summary>
    /// <param name="job">What was asked for; its columns are numbers from 0, the first with words and the last with tags without it.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="InputException">A line has no tag.</exception>
    public static ConvertedRows Read(Job job, string path)
    {
        var (wordColumn, tagColumn) = (Column(job, path, ColumnPurpose.Text), Column(job, path, ColumnPurpose.Label));
        var rows = new List<string[]>();
        var (words, tags) = (new List<string>(), new List<string>());
        foreach (var line in Lines(path).Append(new(0, [])))
        {
            if (line.Words.Length == 0 || line.Words[0] == DocumentStart)
            {
                if (words.Count > 0)
                    rows.Add([string.Join(' ', words), string.Join(' ', tags)]);
                words.Clear();
                tags.Clear();
                continue;
            }
            var place = tagColumn ?? line.Words.Length - 1;
            if (line.Words.Length < 2 || place >= line.Words.Length || wordColumn >= line.Words.Length)
                throw new InputException($"{path}: line {line.Number} must have a word and its tag, and has {line.Words.Length} of them: '{string.Join(' ', line.Words)}'.");
            words.Add(line.Words[wordColumn ?? 0]);
            tags.Add(line.Words[place]);
        }
        return new ConvertedRows(
            "in the format of CoNLL, a word and its tag a line",
            [
                new("Text", 0, DataKind.String, ColumnPurpose.Text, $"the words of a sentence, from column {wordColumn ?? 0} of the file"),
                new("Label", 1, DataKind.String, ColumnPurpose.Label, $"their tags, from {(tagColumn is null ? "its last column" : $"its column {tagColumn}")}"),
            ],
            rows);
    }

    private static int? Column(Job job, string path, ColumnPurpose purpose)
    {
        if (!job.ColumnNames.TryGetValue(purpose, out var name))
            return null;
        if (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return number;
        var option = job.Scenario.Columns.Single(role => role.Purpose == purpose).Option;
        throw new InputException($"{option} {name}: {path} has a word and its tag a line and no header, so columns are numbers from 0.");
    }

    private static IEnumerable<(long Number, string[] Words)> Lines(string path)
    {
        using var reader = SourceFile.OpenText(path);
        for (var number = 1L; reader.ReadLine() is { } line; number++)
            yield return (number, line.Split((char[])['\t', ' '], StringSplitOptions.RemoveEmptyEntries));
    }
}
