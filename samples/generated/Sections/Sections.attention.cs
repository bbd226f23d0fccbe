using Microsoft.ML;
using MLNet.Transformers;

namespace SectionsApp;

public partial class Sections
{
    /// <summary>
    /// What the model looks at in a row: how much each token looks at each other, in every layer and head.
    /// </summary>
    /// <param name="mlContext">The context of the model.</param>
    /// <param name="model">The model, as it was trained or loaded.</param>
    /// <param name="input">The row.</param>
    public static AttentionMap LookInto(MLContext mlContext, ITransformer model, ModelInput input)
    {
        var transformer = (model as IEnumerable<ITransformer> ?? [model]).OfType<FineTunedTransformer>().Single();
        var row = mlContext.Data.LoadFromEnumerable([input]);
        using var attention = mlContext.Transforms.Text.ExtractAttention(new TextAttentionOptions
        {
            Model = transformer,
            TextColumnName = @"Summary",
            MaxLength = 128,
        }).Fit(row);
        return attention.MapOf(input.Summary);
    }
}
