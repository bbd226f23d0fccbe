using MLNet.Transformers.Tool.Data;
using Spectre.Console;

namespace MLNet.Transformers.Tool.Display;

/// <summary>Says how data were understood.</summary>
internal static class DatasetDisplay
{
    /// <summary>Writes what each column is for and why, how many rows there are, and what is to be known of them.</summary>
    public static void Write(IAnsiConsole console, Dataset dataset)
    {
        console.WriteLine(TrialText.Text($"{dataset.Path}: {dataset.RowCount:N0} rows"));
        switch (dataset)
        {
            case TabularDataset table:
                console.Write(ColumnsOf(console, table));
                break;
            case ImageFolderDataset images:
                console.WriteLine(TrialText.Text($"{images.Classes.Count} classes: {string.Join(", ", images.Classes)}"));
                break;
        }
        foreach (var note in dataset.Notes)
            console.WriteLine(note);
        foreach (var warning in dataset.Warnings)
            console.MarkupLineInterpolated($"[yellow]Warning:[/] {warning}");
    }

    private static Table ColumnsOf(IAnsiConsole console, TabularDataset dataset)
    {
        var table = console.Table("Column", "Used as", "Why");
        foreach (var column in dataset.Columns)
            table.AddRow(new Text(column.Name), new Text(Words(column.Purpose)), new Text(column.Reason.Length > 0 ? column.Reason : "you said so"));
        return table;
    }

    private static string Words(ColumnPurpose purpose) => purpose switch
    {
        ColumnPurpose.Ignore => "not used",
        ColumnPurpose.SourceSentence => "first sentence",
        ColumnPurpose.ComparisonSentence => "second sentence",
        ColumnPurpose.AnswerIndex => "where the answer begins",
        ColumnPurpose.Source => "text to translate",
        ColumnPurpose.Target => "translation",
        _ => purpose.ToString().ToLowerInvariant(),
    };
}
