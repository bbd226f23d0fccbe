using Microsoft.ML;
using Microsoft.ML.Data;

namespace Stack.Tests.ML.Data;

/// <summary>What must hold for every stage: the promised schema is the real one, and a saved model gives equal values.</summary>
internal static class StageCheck
{
    /// <summary>Fits and transforms, and checks what must hold for every stage.</summary>
    public static IDataView Run<TTransformer>(MLContext context, IEstimator<TTransformer> estimator, IDataView data)
        where TTransformer : class, ITransformer
    {
        var model = estimator.Fit(data);
        var transformed = model.Transform(data);
        Assert.Equal(Describe(ShapeOf(transformed)), Describe(estimator.GetOutputSchema(ShapeOf(data))));
        Assert.Equal(Describe(transformed.Schema), Describe(model.GetOutputSchema(data.Schema)));

        using var file = new MemoryStream();
        context.Model.Save(model, data.Schema, file);
        file.Position = 0;
        var loaded = new MLContext(7).Model.Load(file, out _);
        Assert.Equal(Show(transformed), Show(loaded.Transform(data)));
        Assert.Equal(Describe(transformed.Schema), Describe(loaded.GetOutputSchema(data.Schema)));
        return transformed;
    }

    /// <summary>The shape that a pipeline sees of a view.</summary>
    public static SchemaShape ShapeOf(IDataView view)
    {
        var probe = new Probe();
        new EstimatorChain<ITransformer>().Append(probe).Fit(view);
        return probe.Seen!;
    }

    /// <summary>All values of all columns that are not hidden, a line a row.</summary>
    public static string[] Show(IDataView view) =>
        [.. view.Preview(10_000).RowView.Select(row => string.Join(" ", row.Values
            .Zip(view.Schema).Where(pair => !pair.Second.IsHidden).Select(pair => Show(pair.First.Value))))];

    public static string Show(object value) => value switch
    {
        ReadOnlyMemory<char> text => $"'{text}'",
        float number => number.ToString("R"),
        VBuffer<float> items => Show(items),
        VBuffer<double> items => Show(items),
        VBuffer<int> items => Show(items),
        VBuffer<uint> items => Show(items),
        VBuffer<ushort> items => Show(items),
        VBuffer<bool> items => Show(items),
        VBuffer<ReadOnlyMemory<char>> items => Show(items),
        _ => value.ToString()!,
    };

    /// <summary>The texts of a vector column's slots.</summary>
    public static string[] SlotNames(IDataView view, string column)
    {
        VBuffer<ReadOnlyMemory<char>> names = default;
        view.Schema[column].GetSlotNames(ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }

    /// <summary>The text values of a key column.</summary>
    public static string[] KeyValues(IDataView view, string column)
    {
        VBuffer<ReadOnlyMemory<char>> values = default;
        view.Schema[column].GetKeyValues(ref values);
        return [.. values.DenseValues().Select(value => value.ToString())];
    }

    /// <summary>The items of a vector column, row by row.</summary>
    public static T[][] Vectors<T>(IDataView view, string column) =>
        [.. view.GetColumn<VBuffer<T>>(column).Select(vector => vector.DenseValues().ToArray())];

    /// <summary>The texts of a column, row by row.</summary>
    public static string[] Texts(IDataView view, string column) =>
        [.. view.GetColumn<ReadOnlyMemory<char>>(column).Select(text => text.ToString())];

    /// <summary>The message of the exception, which must be of just this type.</summary>
    public static string Message<TException>(Action act)
        where TException : Exception => Assert.Throws<TException>(act).Message;

    private static string Show<T>(VBuffer<T> items) => $"[{string.Join(",", items.DenseValues().Select(item => Show(item!)))}]";

    private static string[] Describe(SchemaShape shape) =>
        [.. shape.Select(column => $"{column.Name}:{column.Kind}:{column.ItemType}:{column.IsKey}:" +
            string.Join(",", column.Annotations.Select(annotation => $"{annotation.Name}={annotation.Kind}:{annotation.ItemType}").Order())).Order()];

    private static string[] Describe(DataViewSchema schema) =>
        [.. schema.Where(column => !column.IsHidden).Select(column => $"{column.Name}:{column.Type}:" +
            string.Join(",", column.Annotations.Schema.Select(annotation => $"{annotation.Name}={annotation.Type}").Order()))];

    private sealed class Probe : IEstimator<ITransformer>
    {
        public SchemaShape? Seen { get; private set; }

        public ITransformer Fit(IDataView input) => new TransformerChain<ITransformer>();

        public SchemaShape GetOutputSchema(SchemaShape inputSchema)
        {
            Seen = inputSchema;
            return inputSchema;
        }
    }
}
