using Microsoft.ML.Data;

namespace MLNet.Transformers.Tests.Serving;

/// <summary>A row as the tests send it: one column that models need, and some that they do not.</summary>
internal sealed class Question
{
    [ColumnName("text")]
    public string Text { get; set; } = "";

    [ColumnName("label")]
    public string Label { get; set; } = "";

    public int Whole { get; set; }

    public float Number;

    [VectorType]
    public float[] Numbers { get; set; } = [];

    public DateTime Time { get; set; }
}

/// <summary>How long the text was.</summary>
internal sealed class Length
{
    [ColumnName("length")]
    public int Characters { get; set; }
}

/// <summary>What a classifier says.</summary>
internal sealed class Category
{
    [ColumnName("PredictedLabel")]
    public string Predicted { get; set; } = "";

    public float[] Score { get; set; } = [];
}

/// <summary>A number that tells which model it is of.</summary>
internal sealed class Price
{
    [ColumnName("price")]
    public float Value { get; set; }
}
