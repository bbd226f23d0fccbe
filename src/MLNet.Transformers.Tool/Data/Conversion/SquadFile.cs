using System.Globalization;
using System.Text.Json;

namespace MLNet.Transformers.Tool.Data.Conversion;

/// <summary>A file of questions about texts in the format of SQuAD, 1.1 or 2.0.</summary>
/// <remarks><see href="https://rajpurkar.github.io/SQuAD-explorer/"/>.</remarks>
internal static class SquadFile
{
    private static readonly DatasetColumn[] s_columns =
    [
        new("Question", 0, DataKind.String, ColumnPurpose.Question, "the questions of the file"),
        new("Context", 1, DataKind.String, ColumnPurpose.Context, "its paragraphs"),
        new("Answer", 2, DataKind.String, ColumnPurpose.Answer, "the first answer to each question"),
        new("AnswerIndex", 3, DataKind.Int32, ColumnPurpose.AnswerIndex, "where it begins"),
    ];

    /// <summary>Whether a file is JSON.</summary>
    public static bool IsJson(string path)
    {
        using var reader = SourceFile.OpenText(path);
        while (reader.Peek() >= 0 && char.IsWhiteSpace((char)reader.Peek()))
            reader.Read();
        return reader.Peek() == '{';
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="InputException">It is no JSON, or not in this format.</exception>
    public static ConvertedRows Read(string path)
    {
        using var document = Parse(path);
        var rows = new List<string[]>();
        var (unanswerable, astray) = (0, 0);
        try
        {
            foreach (var paragraph in document.RootElement.GetProperty("data").EnumerateArray().SelectMany(article => article.GetProperty("paragraphs").EnumerateArray()))
            {
                var context = paragraph.GetProperty("context").GetString()!;
                foreach (var asked in paragraph.GetProperty("qas").EnumerateArray())
                {
                    var question = OneLine(asked.GetProperty("question").GetString()!);
                    var answer = asked.GetProperty("answers").EnumerateArray().FirstOrDefault();
                    if (answer.ValueKind == JsonValueKind.Undefined)
                    {
                        unanswerable++;
                        rows.Add([question, OneLine(context), "", "-1"]);
                    }
                    else if (Locate(context, answer.GetProperty("text").GetString()!, answer.GetProperty("answer_start").GetInt32()) is { } found)
                    {
                        rows.Add([question, OneLine(context), OneLine(found.Answer), found.Index.ToString(CultureInfo.InvariantCulture)]);
                    }
                    else
                    {
                        astray++;
                    }
                }
            }
        }
        catch (Exception exception) when (exception is KeyNotFoundException or InvalidOperationException or FormatException or ArgumentNullException or NullReferenceException)
        {
            throw new InputException($"{path} is JSON, but not in the format of SQuAD: data, paragraphs, context, qas, question, answers, text, answer_start.");
        }
        if (rows.Count == unanswerable)
            throw new InputException($"{path} has no questions with answers.");
        return new ConvertedRows("in the format of SQuAD", s_columns, rows) { Warnings = [.. Warnings(unanswerable, astray)] };
    }

    private static IEnumerable<string> Warnings(int unanswerable, int astray)
    {
        if (unanswerable > 0)
            yield return $"Questions without an answer: {unanswerable:N0}. The model learns to give none.";
        if (astray > 0)
            yield return $"Questions left out: {astray:N0}. Their answers do not stand in the text where answer_start says.";
    }

    private static JsonDocument Parse(string path)
    {
        try
        {
            using var reader = SourceFile.OpenText(path);
            return JsonDocument.Parse(reader.ReadToEnd());
        }
        catch (JsonException exception)
        {
            throw new InputException($"{path} is not valid JSON: see line {exception.LineNumber + 1}.");
        }
    }

    // Published files count characters as Unicode has them, C# in pairs where they are beyond 65,535.
    private static (string Answer, int Index)? Locate(string context, string answer, int start)
    {
        if (answer.Length == 0 || start < 0)
            return null;
        if (Stands(start))
            return (answer, start);
        var index = 0;
        foreach (var rune in context.EnumerateRunes().Take(start))
            index += rune.Utf16SequenceLength;
        return Stands(index) ? (answer, index) : null;

        bool Stands(int at) => at <= context.Length && context.AsSpan(at).StartsWith(answer, StringComparison.Ordinal);
    }

    // As long as before, so that indices stay right.
    private static string OneLine(string text) => text.Replace('\r', ' ').Replace('\n', ' ').Replace('\u2028', ' ').Replace('\u2029', ' ').Replace('\u0085', ' ');
}
