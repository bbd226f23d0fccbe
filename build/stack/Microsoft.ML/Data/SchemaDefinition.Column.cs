namespace Microsoft.ML.Data;

public sealed partial class SchemaDefinition
{
    /// <summary>The column of one member.</summary>
    public sealed class Column
    {
        private readonly Dictionary<string, (DataViewType Type, Delegate Getter)> _annotations = [];

        internal Column(string memberName, DataViewType columnType, string columnName)
        {
            Contracts.CheckNonEmpty(memberName, nameof(memberName));
            MemberName = memberName;
            ColumnType = columnType;
            ColumnName = columnName;
        }

        public string MemberName { get; }

        public string ColumnName { get; set; }

        public DataViewType ColumnType { get; set; }

        public DataViewSchema.Annotations Annotations
        {
            get
            {
                var builder = new DataViewSchema.Annotations.Builder();
                foreach (var (kind, (type, getter)) in _annotations)
                    builder.Add(kind, type, getter);
                return builder.ToAnnotations();
            }
        }

        public void AddAnnotation<T>(string kind, T value, DataViewType annotationType)
        {
            Contracts.CheckValue(kind, nameof(kind));
            Contracts.CheckValue(annotationType, nameof(annotationType));
            if (_annotations.ContainsKey(kind))
                throw Contracts.Except(null, "Column already contains an annotation of this kind.");
            var (itemType, isVector) = RowMember.ItemTypeOf("annotation value", typeof(T), null);
            if (isVector != annotationType is VectorDataViewType)
            {
                throw Contracts.Except(null, "Value inputted is supposed to be {0}, but type of Annotationinfo is {1}",
                    isVector ? "vector" : "scalar", isVector ? "scalar" : "vector");
            }

            if (annotationType.GetItemType().RawType != itemType)
            {
                throw Contracts.Except(null, "Value inputted is supposed to have Type {0}, but type of Annotationinfo has {1}",
                    itemType, annotationType.GetItemType().RawType);
            }

            _annotations[kind] = (annotationType, ConstantGetter.Of(value));
        }

        internal void CopyAnnotations(DataViewSchema.Annotations annotations)
        {
            foreach (var column in annotations.Schema)
            {
                var getter = Generic.Invoke<Delegate>(annotations.GetGetter<int>, column.Type.RawType, column);
                _annotations[column.Name] = (column.Type, getter);
            }
        }
    }
}
