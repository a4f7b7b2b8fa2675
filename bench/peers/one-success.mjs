/** What the peers answer that know no templates: always the same. */
export const ONE_SUCCESS = `<?xml version="1.0" encoding="UTF-8"?>
<page>
  <status>
    <success>DID created</success>
  </status>
  <did_details>
    <id>3</id>
  </did_details>
</page>
`;
