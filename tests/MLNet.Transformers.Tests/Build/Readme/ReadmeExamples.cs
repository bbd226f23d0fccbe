using Microsoft.ML;

namespace MLNet.Transformers.Tests.Build;

/// <summary>Code of the first page that is too short to be a sample; it is compiled, and samples of the same kind are run.</summary>
internal static class ReadmeExamples
{
    public static TranslationMetrics Translate(MLContext mlContext, IDataView titles, IDataView others)
    {
        #region translate
        var model = mlContext.SequenceToSequence.Trainers.TransformerTranslation("English", "German", "Translation", epochs: 16).Fit(titles);
        var metrics = mlContext.SequenceToSequence.EvaluateTranslation(model.Transform(others), "German", "Translation");
        #endregion
        return metrics;
    }

    public static ITransformer ClassifyImages(MLContext mlContext, IDataView images)
    {
        #region classify images
        var model = mlContext.Transforms.Conversion.MapValueToKey("Label", "Class")
            .Append(mlContext.MulticlassClassification.Trainers.TransformerImageClassification(imageColumnName: "Image", epochs: 14))
            .Fit(images);
        #endregion
        return model;
    }
}
