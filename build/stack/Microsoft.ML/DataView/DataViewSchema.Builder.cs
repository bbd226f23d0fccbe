namespace Microsoft.ML;

public sealed partial class DataViewSchema
{
    /// <summary>Builds a schema column by column.</summary>
    public sealed class Builder
    {
        private readonly List<DetachedColumn> _columns;

        public Builder() => _columns = [];

        public void AddColumn(string name, DataViewType type, Annotations annotations = null) =>
            _columns.Add(new(name, type, annotations));

        public void AddColumns(IEnumerable<Column> source)
        {
            foreach (var column in source)
                _columns.Add(new(column));
        }

        public void AddColumns(IEnumerable<DetachedColumn> source)
        {
            foreach (var column in source)
                AddColumn(column.Name, column.Type, column.Annotations);
        }

        public DataViewSchema ToSchema()
        {
            var indices = new Dictionary<string, int>();
            for (var i = 0; i < _columns.Count; i++)
                indices[_columns[i].Name] = i;
            var columns = _columns.Select((column, i) =>
                new Column(column.Name, i, indices[column.Name] != i, column.Type, column.Annotations));
            return new([.. columns], indices);
        }
    }
}
