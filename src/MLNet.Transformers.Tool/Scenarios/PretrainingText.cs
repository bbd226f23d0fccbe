namespace MLNet.Transformers.Tool.Scenarios;

/// <summary>A text to learn a language from, before there is any question of labels.</summary>
internal sealed class PretrainingText
{
    /// <summary>The text.</summary>
    public string Text { get; set; } = "";

    /// <summary>The texts in some columns of rows, each once.</summary>
    public static IDataView Of(MLContext mlContext, IDataView rows, params IReadOnlyList<string> columnNames) => mlContext.Data.LoadFromEnumerable(
        columnNames.SelectMany(name => rows.GetColumn<string>(name))
            .Where(text => !string.IsNullOrWhiteSpace(text))
            .Distinct()
            .Select(text => new PretrainingText { Text = text })
            .ToList());
}
