___TERMS_OF_SERVICE___

By creating or modifying this file you agree to Google Tag Manager's Community
Template Gallery Developer Terms of Service available at
https://developers.google.com/tag-manager/gallery-tos (or such other URL as
Google may provide), as modified from time to time.


___INFO___

{
  "type": "TAG",
  "id": "cvt_temp_public_id",
  "version": 1,
  "securityGroups": [],
  "displayName": "Amazon Personalize (personalize-beacon)",
  "categories": [
    "PERSONALIZATION",
    "ANALYTICS"
  ],
  "brand": {
    "id": "brand_dummy",
    "displayName": "personalize-beacon"
  },
  "description": "Loads personalize-beacon, which records visitors' clicks, views and purchases, and delivers every event to Amazon Personalize.",
  "containerContexts": [
    "WEB"
  ]
}


___TEMPLATE_PARAMETERS___

[
  {
    "type": "TEXT",
    "name": "scriptUrl",
    "displayName": "Script URL",
    "simpleValueType": true,
    "help": "The HTTPS address of dist/personalize.js on your site. Host its chunks in the same folder.",
    "alwaysInSummary": true,
    "valueValidators": [
      {
        "type": "NON_EMPTY"
      },
      {
        "type": "REGEX",
        "args": [
          "^https://.+\\.js$"
        ],
        "errorMessage": "An https:// address that ends in .js"
      }
    ]
  },
  {
    "type": "TEXT",
    "name": "trackingId",
    "displayName": "Tracking ID",
    "simpleValueType": true,
    "help": "The ID of the event tracker in Amazon Personalize.",
    "alwaysInSummary": true,
    "valueValidators": [
      {
        "type": "NON_EMPTY"
      }
    ]
  },
  {
    "type": "TEXT",
    "name": "identityPoolId",
    "displayName": "Identity pool ID",
    "simpleValueType": true,
    "help": "A Cognito identity pool with guest access. Its guest role must allow personalize:PutEvents.",
    "alwaysInSummary": true,
    "valueValidators": [
      {
        "type": "NON_EMPTY"
      },
      {
        "type": "REGEX",
        "args": [
          "^[a-z]+(-[a-z]+)+-\\d+:[\\w-]+$"
        ],
        "errorMessage": "Like us-east-1:00000000-0000-4000-8000-000000000000"
      }
    ]
  },
  {
    "type": "TEXT",
    "name": "region",
    "displayName": "Region",
    "simpleValueType": true,
    "help": "The AWS region of the event tracker. Default: the identity pool's region.",
    "valueValidators": [
      {
        "type": "REGEX",
        "args": [
          "^([a-z]+(-[a-z]+)+-\\d+)?$"
        ],
        "errorMessage": "Like us-east-1"
      }
    ]
  },
  {
    "type": "TEXT",
    "name": "actionTrackingId",
    "displayName": "Action tracking ID",
    "simpleValueType": true,
    "help": "The ID of the tracker for action interactions. Required only to track actions."
  },
  {
    "type": "SELECT",
    "name": "domain",
    "displayName": "Domain",
    "macrosInSelect": false,
    "selectItems": [
      {
        "value": "ECOMMERCE",
        "displayValue": "ECOMMERCE"
      },
      {
        "value": "VIDEO_ON_DEMAND",
        "displayValue": "VIDEO_ON_DEMAND"
      }
    ],
    "simpleValueType": true,
    "notSetText": "none",
    "help": "The domain of a domain dataset group. Events without a type in the markup are then named as its use cases require."
  },
  {
    "type": "CHECKBOX",
    "name": "consentRequired",
    "checkboxText": "Wait for consent",
    "simpleValueType": true,
    "defaultValue": true,
    "help": "Nothing is stored, read, requested or sent before the consent type below is granted. Events wait in memory meanwhile."
  },
  {
    "type": "SELECT",
    "name": "consentType",
    "displayName": "Consent type",
    "macrosInSelect": false,
    "selectItems": [
      {
        "value": "personalization_storage",
        "displayValue": "personalization_storage"
      },
      {
        "value": "analytics_storage",
        "displayValue": "analytics_storage"
      },
      {
        "value": "functionality_storage",
        "displayValue": "functionality_storage"
      },
      {
        "value": "ad_storage",
        "displayValue": "ad_storage"
      }
    ],
    "simpleValueType": true,
    "defaultValue": "personalization_storage",
    "enablingConditions": [
      {
        "paramName": "consentRequired",
        "paramValue": true,
        "type": "EQUALS"
      }
    ],
    "help": "The type in Google's consent mode. If it is granted, the tag calls consent(true). If it is denied later, the tag calls consent(false), which erases all stored data."
  }
]


___SANDBOXED_JS_FOR_WEB_TEMPLATE___

const addConsentListener = require('addConsentListener');
const callInWindow = require('callInWindow');
const injectScript = require('injectScript');
const isConsentGranted = require('isConsentGranted');
const templateStorage = require('templateStorage');

const start = () => {
  const options = { trackingId: data.trackingId };
  ['identityPoolId', 'region', 'actionTrackingId', 'domain'].forEach((name) => {
    if (data[name]) options[name] = data[name];
  });
  if (data.consentRequired) options.consent = 'required';
  callInWindow('personalize.init', options);
  if (!data.consentRequired) return;
  // Consent that is not granted yet is not denied: most banners come after the tag.
  if (isConsentGranted(data.consentType)) callInWindow('personalize.consent', true);
  addConsentListener(data.consentType, (consentType, granted) => {
    callInWindow('personalize.consent', granted);
  });
};

const onLoaded = () => {
  // If another trigger fires the tag again, it must not start another tracker.
  if (!templateStorage.getItem('isStarted')) {
    templateStorage.setItem('isStarted', true);
    start();
  }
  data.gtmOnSuccess();
};

injectScript(data.scriptUrl, onLoaded, data.gtmOnFailure, 'personalize-beacon');


___WEB_PERMISSIONS___

[
  {
    "instance": {
      "key": {
        "publicId": "inject_script",
        "versionId": "1"
      },
      "param": [
        {
          "key": "urls",
          "value": {
            "type": 2,
            "listItem": [
              {
                "type": 1,
                "string": "https://*/*"
              }
            ]
          }
        }
      ]
    },
    "clientAnnotations": {
      "isEditedByUser": true
    },
    "isRequired": true
  },
  {
    "instance": {
      "key": {
        "publicId": "access_globals",
        "versionId": "1"
      },
      "param": [
        {
          "key": "keys",
          "value": {
            "type": 2,
            "listItem": [
              {
                "type": 3,
                "mapKey": [
                  {
                    "type": 1,
                    "string": "key"
                  },
                  {
                    "type": 1,
                    "string": "read"
                  },
                  {
                    "type": 1,
                    "string": "write"
                  },
                  {
                    "type": 1,
                    "string": "execute"
                  }
                ],
                "mapValue": [
                  {
                    "type": 1,
                    "string": "personalize.init"
                  },
                  {
                    "type": 8,
                    "boolean": false
                  },
                  {
                    "type": 8,
                    "boolean": false
                  },
                  {
                    "type": 8,
                    "boolean": true
                  }
                ]
              },
              {
                "type": 3,
                "mapKey": [
                  {
                    "type": 1,
                    "string": "key"
                  },
                  {
                    "type": 1,
                    "string": "read"
                  },
                  {
                    "type": 1,
                    "string": "write"
                  },
                  {
                    "type": 1,
                    "string": "execute"
                  }
                ],
                "mapValue": [
                  {
                    "type": 1,
                    "string": "personalize.consent"
                  },
                  {
                    "type": 8,
                    "boolean": false
                  },
                  {
                    "type": 8,
                    "boolean": false
                  },
                  {
                    "type": 8,
                    "boolean": true
                  }
                ]
              }
            ]
          }
        }
      ]
    },
    "clientAnnotations": {
      "isEditedByUser": true
    },
    "isRequired": true
  },
  {
    "instance": {
      "key": {
        "publicId": "access_consent",
        "versionId": "1"
      },
      "param": [
        {
          "key": "consentTypes",
          "value": {
            "type": 2,
            "listItem": [
              {
                "type": 3,
                "mapKey": [
                  {
                    "type": 1,
                    "string": "consentType"
                  },
                  {
                    "type": 1,
                    "string": "read"
                  },
                  {
                    "type": 1,
                    "string": "write"
                  }
                ],
                "mapValue": [
                  {
                    "type": 1,
                    "string": "personalization_storage"
                  },
                  {
                    "type": 8,
                    "boolean": true
                  },
                  {
                    "type": 8,
                    "boolean": false
                  }
                ]
              },
              {
                "type": 3,
                "mapKey": [
                  {
                    "type": 1,
                    "string": "consentType"
                  },
                  {
                    "type": 1,
                    "string": "read"
                  },
                  {
                    "type": 1,
                    "string": "write"
                  }
                ],
                "mapValue": [
                  {
                    "type": 1,
                    "string": "analytics_storage"
                  },
                  {
                    "type": 8,
                    "boolean": true
                  },
                  {
                    "type": 8,
                    "boolean": false
                  }
                ]
              },
              {
                "type": 3,
                "mapKey": [
                  {
                    "type": 1,
                    "string": "consentType"
                  },
                  {
                    "type": 1,
                    "string": "read"
                  },
                  {
                    "type": 1,
                    "string": "write"
                  }
                ],
                "mapValue": [
                  {
                    "type": 1,
                    "string": "functionality_storage"
                  },
                  {
                    "type": 8,
                    "boolean": true
                  },
                  {
                    "type": 8,
                    "boolean": false
                  }
                ]
              },
              {
                "type": 3,
                "mapKey": [
                  {
                    "type": 1,
                    "string": "consentType"
                  },
                  {
                    "type": 1,
                    "string": "read"
                  },
                  {
                    "type": 1,
                    "string": "write"
                  }
                ],
                "mapValue": [
                  {
                    "type": 1,
                    "string": "ad_storage"
                  },
                  {
                    "type": 8,
                    "boolean": true
                  },
                  {
                    "type": 8,
                    "boolean": false
                  }
                ]
              }
            ]
          }
        }
      ]
    },
    "clientAnnotations": {
      "isEditedByUser": true
    },
    "isRequired": true
  },
  {
    "instance": {
      "key": {
        "publicId": "access_template_storage",
        "versionId": "1"
      },
      "param": []
    },
    "clientAnnotations": {
      "isEditedByUser": true
    },
    "isRequired": true
  }
]


___TESTS___

scenarios:
- name: The script is loaded and started with the options that are set
  code: |-
    mock('callInWindow', (path, options) => {
      assertThat(path).isEqualTo('personalize.init');
      assertThat(options).isEqualTo({ trackingId: 'tracker', identityPoolId: 'us-east-1:pool' });
    });

    runCode(mockData);

    assertApi('callInWindow').wasCalled();
    assertApi('gtmOnSuccess').wasCalled();
- name: Consent that is granted already is passed on
  code: |-
    mockData.consentRequired = true;
    mock('isConsentGranted', (consentType) => consentType === 'personalization_storage');

    runCode(mockData);

    assertApi('callInWindow').wasCalledWith('personalize.consent', true);
- name: The tag waits for consent that is not granted yet
  code: |-
    mockData.consentRequired = true;
    let listener;
    mock('isConsentGranted', () => false);
    mock('addConsentListener', (consentType, run) => {
      listener = run;
    });

    runCode(mockData);

    assertApi('callInWindow').wasNotCalledWith('personalize.consent', true);
    listener('personalization_storage', true);
    assertApi('callInWindow').wasCalledWith('personalize.consent', true);
- name: A script that cannot be loaded fails the tag
  code: |-
    mock('injectScript', (url, onSuccess, onFailure) => onFailure());

    runCode(mockData);

    assertApi('gtmOnFailure').wasCalled();
    assertApi('callInWindow').wasNotCalled();
setup: |-
  const mockData = {
    scriptUrl: 'https://shop.example/personalize.js',
    trackingId: 'tracker',
    identityPoolId: 'us-east-1:pool',
    consentType: 'personalization_storage'
  };
  mock('callInWindow', () => {});
  mock('injectScript', (url, onSuccess) => {
    assertThat(url).isEqualTo(mockData.scriptUrl);
    onSuccess();
  });


___NOTES___

Part of the package personalize-beacon, demo/gtm.
