namespace Microsoft.ML;

/// <summary>Makes a data view of a source of one kind, such as files.</summary>
public interface IDataLoader<in TSource> : ICanSaveModel
{
    IDataView Load(TSource input);

    DataViewSchema GetOutputSchema();
}
