namespace Microsoft.ML.Transforms;

/// <summary>Collects the values that become keys.</summary>
internal static class KeyLearning
{
    /// <summary>One vocabulary a column, in one pass over the data that ends when all are full.</summary>
    public static KeyVocabulary[] Learn(IHost host, IDataView data, DataViewSchema.Column[] sources, ValueToKeyColumn[] columns)
    {
        foreach (var column in columns)
            host.CheckUserArg(column.MaximumNumberOfKeys > 0, "MaxNumTerms", "Must be positive");
        using var channel = host.Start("Training");
        KeyVocabulary[] vocabularies = [.. sources.Select(source => KeyVocabulary.Create((PrimitiveDataViewType)source.Type.GetItemType()))];
        using (var cursor = data.GetRowCursor(sources))
        {
            List<Func<bool>> learners = [.. vocabularies.Select((vocabulary, i) =>
                vocabulary.MakeLearner(cursor, sources[i], columns[i].MaximumNumberOfKeys))];
            while (learners.Count > 0 && cursor.MoveNext())
            {
                host.CheckAlive();
                learners.RemoveAll(learn => !learn());
            }
        }
        for (var i = 0; i < vocabularies.Length; i++)
        {
            if (columns[i].KeyOrdinality == ValueToKeyMappingEstimator.KeyOrdinality.ByValue)
                vocabularies[i].Sort();
            if (vocabularies[i].Count == 0)
                channel.Warning("Term map for output column '{0}' contains no entries.", columns[i].OutputColumnName);
        }
        return vocabularies;
    }
}
