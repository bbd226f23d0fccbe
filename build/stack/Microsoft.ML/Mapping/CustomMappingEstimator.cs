namespace Microsoft.ML.Transforms;

/// <summary>A custom mapping before it is fitted, which changes nothing of it.</summary>
public sealed class CustomMappingEstimator<TSrc, TDst> : TrivialEstimator<CustomMappingTransformer<TSrc, TDst>>
    where TSrc : class, new()
    where TDst : class, new()
{
    internal CustomMappingEstimator(
        IHostEnvironment env,
        Action<TSrc, TDst> mapAction,
        string contractName,
        SchemaDefinition inputSchemaDefinition,
        SchemaDefinition outputSchemaDefinition)
        : base(
            Contracts.CheckValue(env, nameof(env)).Register(nameof(CustomMappingEstimator<TSrc, TDst>)),
            new(env, mapAction, contractName, inputSchemaDefinition, outputSchemaDefinition))
    {
    }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema) =>
        CustomMappingShape.Of(inputSchema, typeof(TSrc), Transformer.InputDefinition, Transformer.AddedMembers);
}
