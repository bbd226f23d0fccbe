namespace Microsoft.ML.Transforms;

/// <summary>A stateful custom mapping before it is fitted, which changes nothing of it.</summary>
public sealed class StatefulCustomMappingEstimator<TSrc, TDst, TState> : TrivialEstimator<StatefulCustomMappingTransformer<TSrc, TDst, TState>>
    where TSrc : class, new()
    where TDst : class, new()
    where TState : class, new()
{
    internal StatefulCustomMappingEstimator(
        IHostEnvironment env, Action<TSrc, TDst, TState> mapAction, string contractName, Action<TState> stateInitAction)
        : base(
            Contracts.CheckValue(env, nameof(env)).Register(nameof(StatefulCustomMappingEstimator<TSrc, TDst, TState>)),
            new(env, mapAction, contractName, stateInitAction))
    {
    }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema) =>
        CustomMappingShape.Of(inputSchema, typeof(TSrc), null, Transformer.AddedMembers);
}
