using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace FashionClassifier;

/// <summary>A picture of a piece of clothing.</summary>
public sealed class FashionImage
{
    /// <summary>28 by 28 pixels, white on black.</summary>
    [ImageType(FashionFiles.Side, FashionFiles.Side)]
    public MLImage? Image { get; set; }

    /// <summary>What it is.</summary>
    public string Class { get; set; } = "";
}

/// <summary>What the model takes it for.</summary>
public sealed class FashionAnswer
{
    [ColumnName("PredictedLabel")]
    public string Class { get; set; } = "";

    public float[] Score { get; set; } = [];
}
