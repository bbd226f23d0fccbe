using Microsoft.ML.Transforms;

namespace Microsoft.ML;

/// <summary>Stages and filters whose work is a method of the caller's.</summary>
public static class CustomMappingCatalog
{
    public static CustomMappingEstimator<TSrc, TDst> CustomMapping<TSrc, TDst>(
        this TransformsCatalog catalog,
        Action<TSrc, TDst> mapAction,
        string contractName,
        SchemaDefinition inputSchemaDefinition = null,
        SchemaDefinition outputSchemaDefinition = null)
        where TSrc : class, new()
        where TDst : class, new() =>
        new(catalog.GetEnvironment(), mapAction, contractName, inputSchemaDefinition, outputSchemaDefinition);

    public static StatefulCustomMappingEstimator<TSrc, TDst, TState> StatefulCustomMapping<TSrc, TDst, TState>(
        this TransformsCatalog catalog, Action<TSrc, TDst, TState> mapAction, Action<TState> stateInitAction, string contractName)
        where TSrc : class, new()
        where TDst : class, new()
        where TState : class, new() =>
        new(catalog.GetEnvironment(), mapAction, contractName, stateInitAction);

    public static IDataView FilterByCustomPredicate<TSrc>(this DataOperationsCatalog catalog, IDataView input, Func<TSrc, bool> filterPredicate)
        where TSrc : class, new()
    {
        var env = catalog.GetEnvironment();
        env.CheckValue(input, nameof(input));
        env.CheckValue(filterPredicate, nameof(filterPredicate));
        return new FilteredDataView<TSrc>(env, input, () => filterPredicate, input.CanShuffle);
    }

    public static IDataView FilterByStatefulCustomPredicate<TSrc, TState>(
        this DataOperationsCatalog catalog, IDataView input, Func<TSrc, TState, bool> filterPredicate, Action<TState> stateInitAction)
        where TSrc : class, new()
        where TState : class, new()
    {
        var env = catalog.GetEnvironment();
        env.CheckValue(input, nameof(input));
        env.CheckValue(filterPredicate, nameof(filterPredicate));
        return new FilteredDataView<TSrc>(env, input, NewPredicate, canShuffle: false);

        Func<TSrc, bool> NewPredicate()
        {
            var state = new TState();
            stateInitAction?.Invoke(state);
            return row => filterPredicate(row, state);
        }
    }
}
