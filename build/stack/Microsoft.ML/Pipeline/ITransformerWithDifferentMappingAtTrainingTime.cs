namespace Microsoft.ML;

/// <summary>A transformer that treats the data it was fitted on differently from later data.</summary>
internal interface ITransformerWithDifferentMappingAtTrainingTime : ITransformer
{
    IDataView TransformForTrainingPipeline(IDataView input);
}
